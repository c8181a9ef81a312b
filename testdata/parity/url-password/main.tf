# want: SEC06 worker

resource "aws_lambda_function" "worker" {
  function_name = "worker"
  environment {
    variables = {
      DATABASE_URL = "postgres://app:@PASSWORD@@db.internal/app"
    }
  }
}
