# want:
# without: cloudformation, cdk (no type of it)
# strict: ROOT03

resource "aws_organizations_organization" "main" {
  aws_service_access_principals = ["iam.amazonaws.com"]
}

resource "aws_iam_organizations_features" "root" {
  enabled_features = ["RootCredentialsManagement", "RootSessions"]
}
