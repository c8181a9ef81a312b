# want: IMDS01 base, EC202 base

resource "aws_launch_configuration" "base" {
  image_id = "ami-0abcdef1234567890"
  metadata_options {
    http_tokens = "optional"
  }
}

resource "aws_autoscaling_group" "workers" {
  launch_configuration = aws_launch_configuration.base.name
}
