# want: IMDS01 base

resource "aws_launch_template" "base" {
  iam_instance_profile {
    name = "web"
  }
  metadata_options {
    http_tokens = "optional"
  }
}

resource "aws_autoscaling_group" "blue" {
  max_size = 2
  min_size = 1
  launch_template {
    id      = aws_launch_template.base.id
    version = aws_launch_template.base.latest_version
  }
}

resource "aws_autoscaling_group" "green" {
  max_size = 2
  min_size = 1
  launch_template {
    id      = aws_launch_template.base.id
    version = aws_launch_template.base.default_version
  }
}

resource "aws_instance" "canary" {
  launch_template {
    id = aws_launch_template.base.id
  }
}
