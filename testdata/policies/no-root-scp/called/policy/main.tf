variable "root" {
  type = string
}

resource "aws_organizations_policy" "no_root" {
  name = "no-root"
  content = jsonencode({
    Statement = [
      { Effect = "Allow", Action = "*", Resource = "*" },
      {
        Effect    = "Deny"
        Action    = "*"
        Resource  = "*"
        Condition = { ArnLike = { "aws:PrincipalArn" = ["arn:aws:iam::*:root"] } }
      },
    ]
  })
}

resource "aws_organizations_policy_attachment" "no_root" {
  policy_id = aws_organizations_policy.no_root.id
  target_id = var.root
}
