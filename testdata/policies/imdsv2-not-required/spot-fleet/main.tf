resource "aws_spot_fleet_request" "inline" {
  iam_fleet_role  = "arn:aws:iam::123456789012:role/fleet"
  target_capacity = 2
  launch_specification { # expect: IMDS02
    ami                      = "ami-12345678"
    iam_instance_profile_arn = "arn:aws:iam::123456789012:instance-profile/web"
  }
}

resource "aws_spot_fleet_request" "template" {
  iam_fleet_role  = "arn:aws:iam::123456789012:role/fleet"
  target_capacity = 2
  launch_template_config {
    launch_template_specification {
      id      = aws_launch_template.good.id
      version = aws_launch_template.good.latest_version
    }
  }
}

resource "aws_launch_template" "good" {
  iam_instance_profile {
    name = "web"
  }
  metadata_options {
    http_tokens = "required"
  }
}
