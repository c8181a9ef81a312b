# want: IMDS01 arm, EC202 arm

resource "aws_launch_template" "base" {
  iam_instance_profile {
    name = "web"
  }
  metadata_options {
    http_tokens = "required"
  }
}

resource "aws_launch_template" "arm" {
  metadata_options {
    http_tokens = "optional"
  }
}

resource "aws_autoscaling_group" "workers" {
  mixed_instances_policy {
    launch_template {
      launch_template_specification {
        launch_template_id = aws_launch_template.base.id
        version            = aws_launch_template.base.latest_version
      }
      override {
        instance_type = "m7i.large"
      }
      override {
        instance_type = "m7g.large"
        launch_template_specification {
          launch_template_id = aws_launch_template.arm.id
          version            = aws_launch_template.arm.latest_version
        }
      }
    }
  }
}
