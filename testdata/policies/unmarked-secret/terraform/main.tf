variable "db_password" { # expect: SEC07 warning "takes a secret and is not marked as sensitive"
  type = string
}

variable "marked" {
  type      = string
  sensitive = true
}

variable "brief" {
  type      = string
  ephemeral = true
}

variable "optional" { # expect: SEC07 warning
  type    = string
  default = null
}

variable "handed" { # expect: SEC07 warning "module.db.aws_db_instance.this"
  type = string
}

variable "api_token" { # expect: SEC07 warning
  type = string
}

variable "region" {
  type = string
}

variable "token_arn" {
  type = string
}

variable "db_secret" {
  type = string
}

variable "unused_password" {
  type = string
}

variable "document_password" { # expect: SEC07 warning
  type = string
}

variable "user" {
  type = string
}

resource "aws_db_instance" "main" {
  password = var.db_password
}

resource "aws_db_instance" "marked" {
  password = var.marked
}

resource "aws_db_instance" "brief" {
  password_wo         = var.brief
  password_wo_version = 1
}

resource "aws_db_instance" "optional" {
  password = var.optional
}

module "db" {
  source   = "../modules/db"
  password = var.handed
}

resource "aws_lambda_function" "worker" {
  function_name = "worker"
  environment {
    variables = {
      TOKEN      = "Bearer ${var.api_token}"
      TOKEN_ARN  = var.token_arn
      SECRET_ARN = var.db_secret
      REGION     = var.region
    }
  }
}

resource "aws_secretsmanager_secret_version" "db" {
  secret_id = "db"
  secret_string = jsonencode({
    username = var.user
    password = var.document_password
  })
}
