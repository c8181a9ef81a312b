resource "aws_ec2_instance_metadata_defaults" "account" {
  http_tokens = "optional" # expect: IMDS04 warning "account's default"
}

resource "aws_ami" "silent" { # expect: IMDS04 note "aws_ami.silent"
  name = "silent"
}

resource "aws_ami" "good" {
  name         = "good"
  imds_support = "v2.0"
}
