# want: KEY05 worker warning

resource "aws_lambda_function" "worker" {
  function_name = "worker"
  environment {
    variables = {
      KEY_ID = "@ASIA@"
    }
  }
}
