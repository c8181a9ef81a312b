resource "aws_config_configuration_recorder" "main" { # expect: ROOT06? "the template of `aws_config_conformance_pack.iam`"
  role_arn = "arn:aws:iam::111122223333:role/config"
}

resource "aws_config_conformance_pack" "iam" {
  name            = "iam"
  template_s3_uri = "s3://bucket/iam.yaml"
}
