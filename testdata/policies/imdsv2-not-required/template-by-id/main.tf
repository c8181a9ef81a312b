resource "aws_launch_template" "good" {
  name_prefix = "good-"
  iam_instance_profile {
    name = "web"
  }
  metadata_options {
    http_tokens = "required"
  }
}

resource "aws_instance" "web" {
  launch_template {
    id      = aws_launch_template.good.id
    version = "$Latest"
  }
}
