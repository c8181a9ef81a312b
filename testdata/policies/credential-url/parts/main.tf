variable "host" {
  type = string
}

locals {
  word = "corr3ct-horse" # expect: SEC06 "aws_lambda_function.f"
}

resource "aws_lambda_function" "f" {
  function_name = "f"
  environment {
    variables = {
      DATABASE = "postgres://app:${local.word}@${var.host}/app"
    }
  }
}
