terraform {
  required_version = ">= 1.11"
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 6.0"
    }
    random = {
      source  = "hashicorp/random"
      version = "~> 3.7"
    }
  }
}

variable "password" {
  type      = string
  sensitive = true
}

resource "random_password" "app" {
  length           = 32
  override_special = "!#"
}

resource "random_password" "both" {
  length = 32
}

resource "aws_secretsmanager_secret_version" "generated" {
  secret_id = "app"
  secret_string = jsonencode({
    user     = "app"
    password = random_password.app.result # 32 characters
  })
}

resource "aws_secretsmanager_secret_version" "handed" {
  secret_id     = "handed"
  secret_string = var.password
}

resource "aws_secretsmanager_secret_version" "written" {
  secret_id     = "written"
  secret_string = <<-EOT
    {
      "user": "app",
      "password": "${var.password}"
    }
  EOT
}

resource "aws_ssm_parameter" "license" {
  name  = "/app/password"
  type  = "SecureString"
  value = var.password
}

resource "aws_ssm_parameter" "clear" {
  name  = "/app/password-in-clear"
  type  = "String"
  value = var.password
}

# Two take the same value.
resource "aws_secretsmanager_secret_version" "both" {
  secret_id     = "both"
  secret_string = random_password.both.result
}

resource "aws_secretsmanager_secret_version" "too" {
  secret_id     = "too"
  secret_string = random_password.both.result
}
