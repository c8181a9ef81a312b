resource "aws_launch_template" "bare" {
  name = "bare"
}

resource "aws_instance" "web" {
  iam_instance_profile = "web"
  launch_template {
    id = aws_launch_template.bare.id
  }
  metadata_options {
    http_tokens = "required"
  }
}
