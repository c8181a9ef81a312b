# want: KEY02 worker, KEY02 mailer

variable "key_id" {
  type    = string
  default = "@AKIA@"
}

resource "aws_lambda_function" "worker" {
  function_name = "worker"
  environment {
    variables = {
      STAGE             = "prod"
      AWS_ACCESS_KEY_ID = var.key_id
    }
  }
}

resource "aws_lambda_function" "mailer" {
  function_name = "mailer"
  environment {
    variables = {
      AWS_ACCESS_KEY_ID = var.key_id
    }
  }
}
