# want: SEC02 alerts

resource "aws_lambda_function" "alerts" {
  function_name = "alerts"
  role          = "arn:aws:iam::123456789012:role/alerts"
  runtime       = "python3.13"
  handler       = "alerts.handler"
  filename      = "alerts.zip"
  environment {
    variables = {
      CHAT = "@SLACK@"
    }
  }
}
