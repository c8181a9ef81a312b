# want: IMDS02 base
# without: cloudformation (has no type for the account's metadata defaults)

resource "aws_ec2_instance_metadata_defaults" "account" {
  http_tokens = "required"
}

# The provider sends `optional` with this block.
resource "aws_launch_template" "base" {
  iam_instance_profile {
    name = "web"
  }
  metadata_options {
    http_put_response_hop_limit = 1
  }
}
