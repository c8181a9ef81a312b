resource "aws_config_configuration_recorder" "main" {
  role_arn = "arn:aws:iam::111122223333:role/config"
}

resource "aws_config_organization_managed_rule" "root" {
  for_each        = { keys = "IAM_ROOT_ACCESS_KEY_CHECK", mfa = "ROOT_ACCOUNT_HARDWARE_MFA_ENABLED" }
  name            = each.key
  rule_identifier = each.value
}
