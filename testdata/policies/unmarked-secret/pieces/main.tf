variable "db" { # expect: SEC07 warning "it becomes `password` of `aws_db_instance.object`"
  type = object({ user = string, password = string })
}

variable "credentials" { # expect: SEC07 warning "aws_db_instance.map"
  type = map(string)
}

variable "anything" {} # expect: SEC07 warning "aws_db_instance.anything"

variable "databases" { # expect: SEC07 warning "aws_db_instance.each"
  type = map(object({ password = string }))
}

variable "values" { # expect: SEC07 warning "aws_ssm_parameter.each"
  type = map(string)
}

variable "settings" { # expect: SEC07 warning "aws_lambda_function.worker"
  type = object({ api_token = string, region = string })
}

variable "handed" { # expect: SEC07 warning "aws_db_instance.handed"
  type = object({ password = string })
}

variable "hidden" {
  type      = object({ user = string, password = string })
  sensitive = true
}

variable "db_secret" {
  type = object({ username = string, arn = string })
}

variable "names" {
  type = map(string)
}

resource "aws_db_instance" "object" {
  username = var.db.user
  password = var.db.password
}

resource "aws_db_instance" "map" {
  password = var.credentials["password"]
}

resource "aws_db_instance" "anything" {
  password = var.anything.database.password
}

resource "aws_db_instance" "each" {
  for_each = var.databases
  password = each.value.password
}

resource "aws_ssm_parameter" "each" {
  for_each = var.values
  name     = each.key
  type     = "SecureString"
  value    = each.value
}

resource "aws_lambda_function" "worker" {
  function_name = "worker"
  environment {
    variables = {
      TOKEN  = var.settings.api_token
      REGION = var.settings.region
    }
  }
}

locals {
  handed = var.handed
}

resource "aws_db_instance" "handed" {
  password = local.handed.password
}

resource "aws_db_instance" "hidden" {
  username = var.hidden.user
  password = var.hidden.password
}

# What describes a secret is none, and neither is a key of a loop.
resource "aws_lambda_function" "described" {
  function_name = "described"
  environment {
    variables = {
      DB_USER    = var.db_secret.username
      SECRET_ARN = var.db_secret.arn
    }
  }
}

resource "aws_db_instance" "named" {
  for_each                    = var.names
  db_name                     = each.value
  manage_master_user_password = true
}
