resource "aws_config_configuration_recorder" "main" { # expect: ROOT06? "which rules the standard"
  role_arn = "arn:aws:iam::111122223333:role/config"
}

resource "aws_securityhub_standards_subscription" "later" {
  standards_arn = "arn:aws:securityhub:eu-west-1::standards/cis-aws-foundations-benchmark/v/99.0.0"
}
