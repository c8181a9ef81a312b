module "remote" {
  source  = "terraform-aws-modules/ec2-instance/aws"
  version = "~> 6.0"
  metadata_options = {
    http_tokens = "optional"
  }
}
