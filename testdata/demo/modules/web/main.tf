variable "imds_tokens" {
  type    = string
  default = "required"
}

resource "aws_launch_template" "web" {
  name_prefix   = "web-"
  image_id      = "ami-0abcdef1234567890"
  instance_type = "t4g.small"

  metadata_options {
    http_endpoint = "enabled"
    http_tokens   = var.imds_tokens
  }
}

resource "aws_autoscaling_group" "web" {
  min_size = 1
  max_size = 3

  launch_template {
    id      = aws_launch_template.web.id
    version = aws_launch_template.web.latest_version
  }
}
