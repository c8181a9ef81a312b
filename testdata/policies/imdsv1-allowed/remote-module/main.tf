module "remote" { # expect: IMDS02? "cannot tell what this module creates"
  source  = "terraform-aws-modules/ec2-instance/aws"
  version = "~> 6.0"
  metadata_options = {
    http_tokens = "optional"
  }
}
