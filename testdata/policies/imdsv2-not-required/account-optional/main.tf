resource "aws_ec2_instance_metadata_defaults" "here" {
  http_tokens = "optional" # expect: IMDS04 warning
}

resource "aws_instance" "web" { # expect: IMDS02 "the account's default, `optional`, decides"
  ami                  = "ami-0abcdef1234567890"
  iam_instance_profile = "web"
}
