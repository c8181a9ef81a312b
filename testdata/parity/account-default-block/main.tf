# want: IMDS02 base note
# without: cloudformation (has no type for the account's metadata defaults)

resource "aws_ec2_instance_metadata_defaults" "account" {
  http_tokens = "required"
}

# Since version 5.0 the provider sends nothing for what this block does not say.
resource "aws_launch_template" "base" {
  iam_instance_profile {
    name = "web"
  }
  metadata_options {
    http_put_response_hop_limit = 1
  }
}
