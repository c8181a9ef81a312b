resource "aws_ec2_instance_metadata_defaults" "this" {
  http_tokens = "required"
}

resource "aws_instance" "block" {
  iam_instance_profile = "web"

  metadata_options { # expect: IMDS02 note "account's default"
    http_endpoint = "enabled"
  }
}
