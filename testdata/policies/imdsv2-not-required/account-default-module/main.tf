resource "aws_ec2_instance_metadata_defaults" "this" {
  http_tokens = "required"
}

module "inherits" {
  source = "./web"
}

module "other_region" {
  source    = "./other"
  providers = { aws = aws.other }
}

provider "aws" {
  alias  = "other"
  region = "eu-north-1"
}
