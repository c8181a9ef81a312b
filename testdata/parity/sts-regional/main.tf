# want:
# strict: ROLE06

resource "aws_lambda_function" "work" {
  function_name = "work"
  role          = "arn:aws:iam::111122223333:role/work"
  runtime       = "nodejs22.x"
  handler       = "index.handler"
  s3_bucket     = "code"
  s3_key        = "work.zip"
  environment {
    variables = { AWS_STS_REGIONAL_ENDPOINTS = "regional" }
  }
}
