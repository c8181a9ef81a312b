# want: EC201? web, IMDS02? web

resource "aws_launch_template" "base" {
  iam_instance_profile {
    name = "web"
  }
  metadata_options {
    http_tokens = "required"
  }
}

resource "aws_instance" "web" {
  launch_template {
    id      = aws_launch_template.base.id
    version = "3"
  }
}
