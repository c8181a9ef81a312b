resource "aws_cloudtrail" "main" {
  name           = "main"
  s3_bucket_name = "logs"
}

# Every sign-in, the root user's among them.
resource "aws_cloudwatch_event_rule" "sign_in" {
  name          = "sign-in"
  event_pattern = file("${path.module}/pattern.json")
}

resource "aws_cloudwatch_event_target" "sign_in" {
  rule = "sign-in"
  arn  = "arn:aws:sns:us-east-1:111122223333:security"
}
