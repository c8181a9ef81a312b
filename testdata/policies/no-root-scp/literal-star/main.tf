resource "aws_organizations_organization" "main" { # expect: ROOT04 warning
  enabled_policy_types = ["SERVICE_CONTROL_POLICY"]
}

# `StringEquals` takes the star for a star.
resource "aws_organizations_policy" "no_root" {
  name = "no-root"
  content = jsonencode({
    Statement = {
      Effect    = "Deny"
      Action    = "*"
      Resource  = "*"
      Condition = { StringEquals = { "aws:PrincipalArn" = "arn:aws:iam::*:root" } }
    }
  })
}

resource "aws_organizations_policy_attachment" "all" {
  policy_id = aws_organizations_policy.no_root.id
  target_id = aws_organizations_organization.main.roots[0].id
}
