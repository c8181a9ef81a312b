# want: IMDS01 base

resource "aws_launch_template" "base" {
  iam_instance_profile {
    name = "web"
  }
  metadata_options {
    http_tokens = "optional"
  }
}

resource "aws_spot_fleet_request" "spot" {
  iam_fleet_role  = "arn:aws:iam::111122223333:role/fleet"
  target_capacity = 2
  launch_template_config {
    launch_template_specification {
      id      = aws_launch_template.base.id
      version = aws_launch_template.base.latest_version
    }
  }
}
