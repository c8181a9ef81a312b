resource "aws_organizations_organization" "main" {}

resource "aws_organizations_aws_service_access" "iam" {
  service_principal = "iam.amazonaws.com"
}

resource "aws_iam_organizations_features" "root" {
  enabled_features = ["RootCredentialsManagement", "RootSessions"]
}
