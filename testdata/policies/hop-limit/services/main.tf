resource "aws_launch_configuration" "old" {
  image_id = "ami-0abcdef1234567890"
  metadata_options {
    http_tokens                 = "required"
    http_put_response_hop_limit = 3 # expect: IMDS03 warning
  }
}

resource "aws_imagebuilder_infrastructure_configuration" "build" {
  name                  = "build"
  instance_profile_name = "build"
  instance_metadata_options {
    http_tokens                 = "required"
    http_put_response_hop_limit = 64 # expect: IMDS03 warning
  }
}

# Says nothing: the limit is 1, or 2 with an image that requires tokens.
resource "aws_instance" "unsaid" {
  metadata_options {
    http_tokens = "required"
  }
}
