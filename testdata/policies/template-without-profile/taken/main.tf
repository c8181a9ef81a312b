resource "aws_launch_template" "taken" { # expect: EC202 "aws_autoscaling_group.g"
  metadata_options {
    http_tokens = "required"
  }
}

resource "aws_autoscaling_group" "g" {
  launch_template {
    id = aws_launch_template.taken.id
  }
}

resource "aws_launch_template" "empty" {
  iam_instance_profile {
    name = "" # expect: EC202
  }
  metadata_options {
    http_tokens = "required"
  }
}

resource "aws_ec2_fleet" "f" {
  launch_template_config {
    launch_template_specification {
      launch_template_id = aws_launch_template.empty.id
      version            = aws_launch_template.empty.latest_version
    }
  }
}
