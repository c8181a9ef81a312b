resource "aws_organizations_organization" "main" { # expect: ROOT03 warning "leaves its members"
  aws_service_access_principals = ["iam.amazonaws.com"]
}
