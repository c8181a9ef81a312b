# want: EC201 two

resource "aws_launch_template" "base" {
  metadata_options {
    http_tokens = "required"
  }
}

resource "aws_instance" "one" {
  iam_instance_profile = "one"
  launch_template {
    id = aws_launch_template.base.id
  }
}

resource "aws_instance" "two" {
  launch_template {
    id = aws_launch_template.base.id
  }
}
