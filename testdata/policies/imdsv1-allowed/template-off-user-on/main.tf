resource "aws_launch_template" "off" {
  iam_instance_profile {
    name = "web"
  }
  metadata_options {
    http_endpoint = "disabled"
    http_tokens   = "optional" # expect: IMDS01 "aws_instance.on"
  }
}

resource "aws_instance" "on" {
  launch_template {
    id = aws_launch_template.off.id
  }
  metadata_options {
    http_endpoint = "enabled"
  }
}
