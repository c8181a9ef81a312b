# want:

resource "aws_launch_template" "silent" {
  name = "silent"
  iam_instance_profile {
    name = "web"
  }
  metadata_options {
    http_endpoint = "disabled"
  }
}

resource "aws_instance" "web" {
  launch_template {
    id      = aws_launch_template.silent.id
    version = "$Latest"
  }
}
