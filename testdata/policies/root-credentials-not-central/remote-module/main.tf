resource "aws_organizations_organization" "main" { # expect: ROOT03? "the source of `module.root`"
  aws_service_access_principals = ["iam.amazonaws.com"]
}

module "root" {
  source = "example/root-access/aws"
}
