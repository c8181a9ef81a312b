locals {
  head = "AKIAQ3EG"
  tail = "RIGB4KSW2XYV"
}

resource "aws_lambda_function" "f" {
  function_name = "f"
  environment {
    variables = {
      ID = "${local.head}${local.tail}" # expect: KEY02 "aws_lambda_function.f"
    }
  }
}
