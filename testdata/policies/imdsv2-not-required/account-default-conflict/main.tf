resource "aws_ec2_instance_metadata_defaults" "a" {
  http_tokens = "required"
}

resource "aws_ec2_instance_metadata_defaults" "b" {
  http_tokens = "optional" # expect: IMDS04 warning
}

resource "aws_instance" "web" { # expect: IMDS02
  iam_instance_profile = "web"
}
