# want: IMDS02 web note, IMDS01 open
# without: cloudformation (has no type for the account's metadata defaults)

resource "aws_ec2_instance_metadata_defaults" "account" {
  http_tokens = "required"
}

resource "aws_instance" "web" {
  iam_instance_profile = "web"
}

resource "aws_instance" "open" {
  iam_instance_profile = "web"
  metadata_options {
    http_tokens = "optional"
  }
}
