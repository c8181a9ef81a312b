variable "profile" {
  default = ""
}

resource "aws_launch_template" "optional" { # expect: EC202
  dynamic "iam_instance_profile" {
    for_each = var.profile == "" ? [] : [var.profile]
    content {
      name = iam_instance_profile.value
    }
  }
  metadata_options {
    http_tokens = "required"
  }
}

resource "aws_autoscaling_group" "group" {
  launch_template {
    id = aws_launch_template.optional.id
  }
}
