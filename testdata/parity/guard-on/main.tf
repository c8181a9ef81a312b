# want:

resource "aws_guardduty_detector" "detector" {
  enable = true
}

resource "aws_cloudwatch_event_rule" "rule" {
  event_pattern = jsonencode({ detail = { userIdentity = { type = ["Root"] } } })
  state         = "ENABLED"
}
