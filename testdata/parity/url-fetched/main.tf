# want:

variable "password" {
  type      = string
  sensitive = true
}

resource "aws_lambda_function" "worker" {
  function_name = "worker"
  environment {
    variables = {
      DATABASE_URL = "postgres://app:${var.password}@db.internal/app"
    }
  }
}
