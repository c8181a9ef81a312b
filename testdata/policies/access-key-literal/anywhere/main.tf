locals {
  old = "@AKIA@" # expect: KEY02
}

# A comment is in the repository as well: @AKIA@ # expect: KEY02

resource "aws_lambda_function" "f" {
  function_name = "f"
  environment {
    variables = {
      AWS_ACCESS_KEY_ID     = "@AKIA@"       # expect: KEY02 "aws_lambda_function.f"
      AWS_SECRET_ACCESS_KEY = "@AWS_SECRET@" # expect: KEY02
    }
  }
}
