resource "aws_config_configuration_recorder" "main" { # expect: AUD01? "the source of `module.rules`"
  role_arn = "arn:aws:iam::111122223333:role/config"
}

module "rules" {
  source = "example/config-rules/aws"
}
