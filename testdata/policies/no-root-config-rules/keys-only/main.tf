resource "aws_config_configuration_recorder" "main" { # expect: ROOT06 warning "MFA"
  role_arn = "arn:aws:iam::111122223333:role/config"
}

resource "aws_config_config_rule" "keys" {
  name = "keys"

  source {
    owner             = "AWS"
    source_identifier = "IAM_ROOT_ACCESS_KEY_CHECK"
  }
}
