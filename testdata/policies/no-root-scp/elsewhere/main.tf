resource "aws_organizations_organization" "main" { # expect: ROOT04? "policy `p-examplepolicyid111`, which is attached, is not in this project"
  enabled_policy_types = ["SERVICE_CONTROL_POLICY"]
}

resource "aws_organizations_policy_attachment" "other" {
  policy_id = "p-examplepolicyid111"
  target_id = aws_organizations_organization.main.roots[0].id
}
