resource "aws_launch_template" "with" {
  iam_instance_profile {
    name = aws_iam_instance_profile.web.name
  }
  metadata_options {
    http_tokens = "required"
  }
}

resource "aws_instance" "web" {
  launch_template {
    id = aws_launch_template.with.id
  }
}

resource "aws_instance" "emptied" {
  iam_instance_profile = ""
  launch_template {
    id = aws_launch_template.with.id
  }
}

resource "aws_iam_instance_profile" "web" {
  role = "web"
}
