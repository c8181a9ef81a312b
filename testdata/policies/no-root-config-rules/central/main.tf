resource "aws_config_configuration_recorder" "main" {
  role_arn = "arn:aws:iam::111122223333:role/config"
}

# Who has no credentials needs no second factor.
resource "aws_iam_organizations_features" "root" {
  enabled_features = ["RootCredentialsManagement"]
}

resource "aws_config_config_rule" "keys" {
  name = "keys"

  source {
    owner             = "AWS"
    source_identifier = "IAM_ROOT_ACCESS_KEY_CHECK"
  }
}
