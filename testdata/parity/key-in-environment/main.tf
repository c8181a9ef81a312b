# want: KEY02 worker

resource "aws_lambda_function" "worker" {
  function_name = "worker"
  environment {
    variables = {
      AWS_ACCESS_KEY_ID = "@AKIA@"
    }
  }
}
