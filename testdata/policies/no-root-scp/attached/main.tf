locals {
  policies = {
    no-root = file("${path.module}/no-root.json")
  }
}

resource "aws_organizations_organization" "main" {
  enabled_policy_types = ["SERVICE_CONTROL_POLICY"]
}

resource "aws_organizations_policy" "all" {
  for_each = local.policies
  name     = each.key
  content  = each.value
}

resource "aws_organizations_policy_attachment" "all" {
  for_each  = local.policies
  policy_id = aws_organizations_policy.all[each.key].id
  target_id = "r-abcd"
}
