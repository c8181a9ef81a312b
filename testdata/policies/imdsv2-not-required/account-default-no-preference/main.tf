resource "aws_ec2_instance_metadata_defaults" "this" {
  http_tokens = "no-preference" # expect: IMDS04 note
}

resource "aws_instance" "web" { # expect: IMDS02
  iam_instance_profile = "web"
}
