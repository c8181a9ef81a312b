resource "aws_organizations_organization" "main" {} # expect: ROOT04? "the source of `module.policies`"

module "policies" {
  source = "example/scp/aws"
}
