resource "aws_cloudtrail" "main" { # expect: ROOT05 warning "has no target"
  name           = "main"
  s3_bucket_name = "logs"
}

resource "aws_cloudwatch_event_rule" "root" {
  name          = "root"
  event_pattern = jsonencode({ detail = { userIdentity = { type = ["Root"] } } })
}

resource "aws_cloudwatch_event_target" "other" {
  rule = "other"
  arn  = "arn:aws:sns:us-east-1:111122223333:security"
}
