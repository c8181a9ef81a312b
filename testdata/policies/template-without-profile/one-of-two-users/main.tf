resource "aws_launch_template" "bare" {
  metadata_options {
    http_tokens = "required"
  }
}

resource "aws_instance" "with" {
  iam_instance_profile = "web"
  launch_template {
    id = aws_launch_template.bare.id
  }
}

resource "aws_instance" "without" { # expect: EC201
  launch_template {
    id = aws_launch_template.bare.id
  }
}
