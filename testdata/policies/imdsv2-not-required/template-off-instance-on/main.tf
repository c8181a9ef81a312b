resource "aws_launch_template" "off" {
  name = "off"
  iam_instance_profile {
    name = "web"
  }
  metadata_options {
    http_endpoint = "disabled"
  }
}

resource "aws_instance" "web" {
  launch_template {
    id = aws_launch_template.off.id
  }
  metadata_options { # expect: IMDS02
    http_endpoint = "enabled"
  }
}
