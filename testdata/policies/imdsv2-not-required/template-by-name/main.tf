resource "aws_launch_template" "good" {
  name = "good"
  iam_instance_profile {
    arn = "arn:aws:iam::123456789012:instance-profile/web"
  }
  metadata_options {
    http_tokens = "required"
  }
}

resource "aws_instance" "by_reference" {
  launch_template {
    name = aws_launch_template.good.name
  }
}

resource "aws_instance" "by_literal" {
  launch_template {
    name    = "good"
    version = "$Default"
  }
}

resource "aws_instance" "by_latest_version" {
  launch_template {
    id      = aws_launch_template.good.id
    version = aws_launch_template.good.latest_version
  }
}
