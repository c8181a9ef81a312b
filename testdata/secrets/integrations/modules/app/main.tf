variable "settings" {
  type = object({ token = string, endpoint = string, key_arn = string })
}

variable "smtp" {
  type = map(string)
}

variable "passwords" {
  type = list(string)
}

variable "parts" {
  type = list(string)
}

locals {
  merged = merge({ API_TOKEN = var.settings.token }, { ENDPOINT = var.settings.endpoint })
  url    = format("postgres://app:%s@%s:5432/app", var.parts[1], var.parts[0])
}

resource "aws_lambda_function" "app" {
  function_name = "app"
  kms_key_arn   = var.settings.key_arn
  environment {
    variables = local.merged
  }
}

resource "aws_lambda_function" "worker" {
  function_name = "worker"
  environment {
    variables = { DATABASE_URL = local.url }
  }
}

resource "aws_secretsmanager_secret_version" "smtp" {
  secret_id     = "⟦- name/secret|app/smtp⟧"
  secret_string = jsonencode(var.smtp)
}

resource "aws_elasticache_user" "app" {
  user_id   = "⟦- name/user|app⟧"
  passwords = var.passwords
}
