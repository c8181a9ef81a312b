# want: IMDS01 base, EC202 base

resource "aws_launch_template" "base" {
  metadata_options {
    http_tokens = "optional"
  }
}

resource "aws_instance" "web" {
  launch_template {
    id      = aws_launch_template.base.id
    version = aws_launch_template.base.latest_version
  }
}
