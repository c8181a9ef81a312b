# want: IMDS03 far warning
# strict: IMDS03

resource "aws_launch_template" "far" {
  name = "far"
  metadata_options {
    http_tokens                 = "required"
    http_put_response_hop_limit = 3
  }
}

resource "aws_launch_template" "containers" {
  name = "containers"
  metadata_options {
    http_tokens                 = "required"
    http_put_response_hop_limit = 2
  }
}
