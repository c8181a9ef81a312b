resource "aws_launch_template" "good" {
  iam_instance_profile {
    name = "web"
  }
  metadata_options {
    http_tokens = "required"
  }
}

resource "aws_launch_template" "arm" {
  iam_instance_profile {
    name = "web"
  }
  metadata_options {
    http_tokens = "optional" # expect: IMDS01 "aws_autoscaling_group.mixed"
  }
}

resource "aws_autoscaling_group" "mixed" {
  mixed_instances_policy {
    launch_template {
      launch_template_specification {
        launch_template_id = aws_launch_template.good.id
        version            = "$Latest"
      }
      override {
        instance_type = "m5.large"
      }
      override {
        instance_type = "m6g.large"
        launch_template_specification {
          launch_template_id = aws_launch_template.arm.id
        }
      }
    }
  }
}
