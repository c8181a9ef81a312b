resource "aws_organizations_organization" "main" {}

resource "aws_controltower_control" "no_root" {
  control_identifier = "arn:aws:controltower:eu-west-1::control/AWS-GR_RESTRICT_ROOT_USER"
  target_identifier  = "arn:aws:organizations::111122223333:ou/o-example/ou-example"
}
