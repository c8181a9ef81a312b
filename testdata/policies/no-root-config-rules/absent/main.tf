resource "aws_config_configuration_recorder" "main" { # expect: ROOT06 warning "no rule beside"
  role_arn = "arn:aws:iam::111122223333:role/config"
}

resource "aws_config_config_rule" "other" {
  name = "other"

  source {
    owner             = "AWS"
    source_identifier = "S3_BUCKET_VERSIONING_ENABLED"
  }
}
