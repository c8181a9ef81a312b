resource "aws_organizations_organization" "main" {
  aws_service_access_principals = ["cloudtrail.amazonaws.com"] # expect: ROOT03 warning "trusted access"
}

resource "aws_iam_organizations_features" "root" {
  enabled_features = ["RootSessions", "RootCredentialsManagement"]
}
