resource "aws_ec2_instance_metadata_defaults" "this" {
  http_tokens = "required"
}

resource "aws_instance" "web" {
  iam_instance_profile = "web"
  metadata_options {
    http_tokens = "optional" # expect: IMDS01
  }
}
