locals {
  groups = {
    a = { tokens = "required" }
    b = { tokens = "optional" } # expect: IMDS01 "aws_launch_template.each['b']"
  }
}

resource "aws_launch_template" "each" {
  for_each = local.groups
  name     = "each-${each.key}"
  iam_instance_profile {
    name = "web"
  }
  metadata_options {
    http_tokens = each.value.tokens
  }
}

resource "aws_autoscaling_group" "each" {
  for_each = local.groups
  launch_template {
    id      = aws_launch_template.each[each.key].id
    version = aws_launch_template.each[each.key].latest_version
  }
}

resource "aws_autoscaling_group" "one" {
  launch_template {
    id      = one([for key, template in aws_launch_template.each : template.id if key == "a"])
    version = "$Latest"
  }
}
