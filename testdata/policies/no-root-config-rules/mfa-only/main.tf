resource "aws_config_configuration_recorder" "main" { # expect: ROOT06 warning "access keys of the root user"
  role_arn = "arn:aws:iam::111122223333:role/config"
}

resource "aws_config_config_rule" "mfa" {
  name = "mfa"

  source {
    owner             = "AWS"
    source_identifier = "ROOT_ACCOUNT_MFA_ENABLED"
  }
}
