resource "aws_config_configuration_recorder" "main" { # expect: ROOT06 warning "MFA"
  role_arn = "arn:aws:iam::111122223333:role/config"
}

resource "aws_config_conformance_pack" "iam" {
  name          = "iam"
  template_body = <<-EOT
    Resources:
      Keys:
        Type: AWS::Config::ConfigRule
        Properties:
          Source: {Owner: AWS, SourceIdentifier: IAM_ROOT_ACCESS_KEY_CHECK}
      # Mfa: ROOT_ACCOUNT_MFA_ENABLED
  EOT
}
