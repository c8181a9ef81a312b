resource "aws_organizations_organization" "main" { # expect: ROOT03 warning "without root sessions"
  aws_service_access_principals = ["iam.amazonaws.com"]
}

resource "aws_iam_organizations_features" "root" {
  enabled_features = ["RootCredentialsManagement"]
}
