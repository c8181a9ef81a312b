# want: MFA01 own warning, MFA01 keys warning
# strict: MFA01

resource "aws_iam_group" "operators" {
  name = "operators"
}

resource "aws_iam_group_policy" "own" {
  group = aws_iam_group.operators.name
  name  = "own"
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "ec2:*", Resource = "*" }]
  })
}

resource "aws_iam_policy" "keys" {
  name = "keys"
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "kms:ScheduleKeyDeletion", Resource = "*" }]
  })
}

resource "aws_iam_group_policy_attachment" "keys_of_operators" {
  group      = aws_iam_group.operators.name
  policy_arn = aws_iam_policy.keys.arn
}
