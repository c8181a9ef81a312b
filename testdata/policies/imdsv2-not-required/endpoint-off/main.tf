resource "aws_instance" "off" {
  iam_instance_profile = "web"
  metadata_options {
    http_endpoint = "disabled"
  }
}

resource "aws_launch_template" "on" {
  name = "on"
  iam_instance_profile {
    name = "web"
  }
}

resource "aws_instance" "off_of_template" {
  launch_template {
    id = aws_launch_template.on.id
  }
  metadata_options {
    http_endpoint = "disabled"
  }
}
