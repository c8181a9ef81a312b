# want: IMDS02 web
# without: cloudformation (has no type for the account's metadata defaults)

resource "aws_ec2_instance_metadata_defaults" "ireland" {
  region      = "eu-west-1"
  http_tokens = "required"
}

resource "aws_instance" "web" {
  region               = "eu-central-1"
  iam_instance_profile = "web"
}
