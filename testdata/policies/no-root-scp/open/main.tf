variable "policy" {
  type = string
}

resource "aws_organizations_organization" "main" { # expect: ROOT04? "variable `policy` has no default"
  enabled_policy_types = ["SERVICE_CONTROL_POLICY"]
}

resource "aws_organizations_policy" "given" {
  name    = "given"
  content = var.policy
}
