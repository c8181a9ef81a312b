terraform {
  required_version = "~> 1.9.0"
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 4.0"
    }
  }
}

variable "password" {
  type      = string
  sensitive = true
}

resource "aws_db_instance" "db" {
  password = var.password
}

resource "aws_ssm_parameter" "app" {
  name  = "/app/password"
  type  = "SecureString"
  value = var.password
}
