# want: SEC09 worker note
# strict: SEC09

resource "aws_lambda_function" "worker" {
  function_name = "worker"
  environment {
    variables = {
      KEY_ID = "AKIAIOSFODNN7EXAMPLE"
    }
  }
}
