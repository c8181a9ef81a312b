variable "secret" {
  type = string
}

resource "aws_lambda_function" "app" {
  function_name = "app"
  environment {
    variables = {
      SECRET = var.secret # expect: KEY04 "module.worker.aws_lambda_function.app"
    }
  }
}

output "name" {
  value = aws_lambda_function.app.function_name
}

# What a called module hands to its caller is kept nowhere.
output "secret" {
  value = var.secret
}
