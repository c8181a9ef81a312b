resource "aws_organizations_organization" "main" {
  aws_service_access_principals = ["cloudtrail.amazonaws.com", "iam.amazonaws.com"]
}

resource "aws_iam_organizations_features" "root" {
  enabled_features = ["RootCredentialsManagement", "RootSessions"]
}

# Of another organization's account.
data "aws_organizations_organization" "other" {}
