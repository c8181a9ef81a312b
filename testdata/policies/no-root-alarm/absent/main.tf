resource "aws_cloudtrail" "main" { # expect: ROOT05 warning "nobody is told"
  name           = "main"
  s3_bucket_name = "logs"
}

resource "aws_cloudwatch_event_rule" "other" {
  event_pattern = jsonencode({ source = ["aws.ec2"] })
}

resource "aws_cloudwatch_event_target" "other" {
  rule = aws_cloudwatch_event_rule.other.name
  arn  = "arn:aws:sns:us-east-1:111122223333:security"
}
