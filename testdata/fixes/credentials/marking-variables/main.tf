# The password of the database; whoever deploys gives it.
variable "db_password" {
  type        = string # eight characters or more
  description = "Password of the database"
}

variable "bare" {}

variable "api_token" { type = string }

variable "validated" {
  type = string

  validation {
    condition     = length(var.validated) > 8
    error_message = "Too short."
  }
}

variable "shown_on_purpose" {
  type      = string
  sensitive = false
}

variable "described" {
  description = <<-EOT
    What it is for:
      databases
  EOT
}

resource "aws_db_instance" "db" {
  password = var.db_password
}

resource "aws_db_instance" "bare" {
  password = var.bare
}

resource "aws_db_instance" "validated" {
  password = var.validated
}

resource "aws_db_instance" "shown" {
  password = var.shown_on_purpose
}

resource "aws_db_instance" "described" {
  password = var.described
}

resource "aws_lambda_function" "worker" {
  function_name = "worker"
  environment {
    variables = {
      API_TOKEN = var.api_token
    }
  }
}
