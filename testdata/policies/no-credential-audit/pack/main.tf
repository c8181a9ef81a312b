resource "aws_config_configuration_recorder" "main" {
  role_arn = "arn:aws:iam::111122223333:role/config"
}

variable "days" {
  type = number
}

resource "aws_config_organization_conformance_pack" "iam" {
  name          = "iam"
  template_body = yamlencode({
    Resources = {
      Unused = {
        Type = "AWS::Config::ConfigRule"
        Properties = {
          InputParameters = { maxCredentialUsageAge = var.days }
          Source          = { Owner = "AWS", SourceIdentifier = "IAM_USER_UNUSED_CREDENTIALS_CHECK" }
        }
      }
    }
  })
}
