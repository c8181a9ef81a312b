resource "aws_cloudtrail" "main" {
  name           = "main"
  s3_bucket_name = "logs"
}

resource "aws_cloudwatch_event_rule" "root" {
  name_prefix = "root"
  event_pattern = jsonencode({
    "detail-type" = ["AWS Console Sign In via CloudTrail", "AWS API Call via CloudTrail"]
    detail        = { userIdentity = { type = ["Root"] } }
  })
}

resource "aws_cloudwatch_event_target" "root" {
  rule = aws_cloudwatch_event_rule.root.name
  arn  = aws_sns_topic.security.arn
}
