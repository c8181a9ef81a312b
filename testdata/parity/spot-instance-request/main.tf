# want: IMDS02 spot
# without: cloudformation (has no type for a single spot request)

resource "aws_spot_instance_request" "spot" {
  iam_instance_profile = "web"
  metadata_options {
    http_tokens = "required"
  }
}
