resource "aws_organizations_organization" "main" {}

module "policy" {
  source = "./policy"
  root   = aws_organizations_organization.main.roots[0].id
}
