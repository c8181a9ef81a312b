resource "aws_config_configuration_recorder" "main" { # expect: ROOT06 warning "access keys"
  role_arn = "arn:aws:iam::111122223333:role/config"
}

# Its controls look at the root user's MFA, and not at its keys.
resource "aws_securityhub_standards_subscription" "pci" {
  standards_arn = "arn:aws:securityhub:eu-west-1::standards/pci-dss/v/4.0.1"
}

resource "aws_securityhub_standards_subscription" "tags" {
  standards_arn = "arn:aws:securityhub:eu-west-1::standards/aws-resource-tagging-standard/v/1.0.0"
}
