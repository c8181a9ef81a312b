# want:
# strict: SEC09

resource "aws_lambda_function" "worker" {
  function_name = "worker"
  environment {
    variables = {
      KEY_NAME = "example"
    }
  }
}
