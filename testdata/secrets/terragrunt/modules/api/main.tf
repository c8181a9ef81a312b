variable "api_token" {
  type      = string
  sensitive = true
}

variable "db_password" {
  type      = string
  sensitive = true
}

variable "db_host" {}
variable "image_tag" {}
variable "webhook" {}
variable "auth_mode" {}

resource "aws_lambda_function" "api" {
  function_name = "api"
  image_uri     = "⟦- name/image|60719¦96104¦56.dkr.ecr.eu-west-1.amazonaws.com/api⟧:${var.image_tag}"
  environment {
    variables = {
      API_TOKEN = var.api_token
      DB_HOST   = var.db_host
      AUTH_MODE = var.auth_mode
    }
  }
}
