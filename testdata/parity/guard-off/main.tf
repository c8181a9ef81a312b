# want: ROOT02 detector warning, ROOT02 rule warning

resource "aws_guardduty_detector" "detector" {
  enable = false
}

resource "aws_cloudwatch_event_rule" "rule" {
  event_pattern = jsonencode({ detail = { userIdentity = { type = ["Root"] } } })
  state         = "DISABLED"
}
