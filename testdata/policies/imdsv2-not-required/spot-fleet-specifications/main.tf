resource "aws_spot_fleet_request" "two" {
  iam_fleet_role  = "arn:aws:iam::123456789012:role/fleet"
  target_capacity = 2
  launch_specification { # expect: IMDS02
    ami                  = "ami-1"
    iam_instance_profile = "web"
  }
  launch_specification { # expect: IMDS02; EC201
    ami = "ami-2"
  }
}
