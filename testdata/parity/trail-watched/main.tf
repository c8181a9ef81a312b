# want:
# strict: ROOT05

resource "aws_cloudtrail" "main" {
  name           = "main"
  s3_bucket_name = "logs"
}

resource "aws_cloudwatch_event_rule" "root" {
  name          = "root"
  event_pattern = jsonencode({ detail = { userIdentity = { type = ["Root"] } } })
}

resource "aws_cloudwatch_event_target" "root" {
  rule = aws_cloudwatch_event_rule.root.name
  arn  = "arn:aws:sns:us-east-1:111122223333:security"
}
