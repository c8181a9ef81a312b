resource "aws_organizations_organization" "main" {
  aws_service_access_principals = ["iam.amazonaws.com"]
}
