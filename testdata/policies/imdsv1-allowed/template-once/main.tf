resource "aws_launch_template" "bad" {
  iam_instance_profile {
    name = "web"
  }
  metadata_options {
    http_tokens = "optional" # expect: IMDS01 "aws_autoscaling_group.c"
  }
}

resource "aws_autoscaling_group" "a" {
  launch_template {
    id = aws_launch_template.bad.id
  }
}

resource "aws_autoscaling_group" "b" {
  mixed_instances_policy {
    launch_template {
      launch_template_specification {
        launch_template_id = aws_launch_template.bad.id
      }
      override {
        instance_type = "m5.large"
      }
    }
  }
}

resource "aws_autoscaling_group" "c" {
  launch_template {
    name = aws_launch_template.bad.name
  }
}
