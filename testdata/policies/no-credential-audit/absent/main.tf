resource "aws_config_configuration_recorder" "main" { # expect: AUD01 warning "no rule beside"
  role_arn = "arn:aws:iam::111122223333:role/config"
}

resource "aws_config_config_rule" "root" {
  name = "root"

  source {
    owner             = "AWS"
    source_identifier = "IAM_ROOT_ACCESS_KEY_CHECK"
  }
}
