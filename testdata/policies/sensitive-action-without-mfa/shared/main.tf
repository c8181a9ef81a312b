variable "guard" {
  type = string
}

variable "conditions" {
  type = any
}

resource "aws_iam_user" "bob" {
  name = "bob"
}

resource "aws_iam_user_policy_attachment" "guard" {
  user       = aws_iam_user.bob.name
  policy_arn = var.guard
}

resource "aws_iam_user_policy" "bob" {
  user   = aws_iam_user.bob.name
  policy = jsonencode({ Statement = [{ Effect = "Allow", Action = "*", Resource = "*" }] }) # expect: MFA01?
}

resource "aws_iam_group_policy" "group" {
  group = "group"
  policy = jsonencode({
    Statement = [{
      Effect    = "Allow"
      Action    = "rds:*" # expect: MFA01?
      Resource  = "*"
      Condition = var.conditions
    }]
  })
}
