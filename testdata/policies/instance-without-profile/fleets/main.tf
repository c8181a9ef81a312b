resource "aws_spot_fleet_request" "bare" {
  iam_fleet_role  = "arn:aws:iam::123456789012:role/fleet"
  target_capacity = 2
  launch_specification { # expect: IMDS02; EC201
    ami = "ami-12345678"
  }
}

resource "aws_spot_instance_request" "bare" { # expect: IMDS02; EC201
  ami = "ami-12345678"
}

resource "aws_autoscaling_group" "group" {
  launch_template {
    id = aws_launch_template.bare.id
  }
}

resource "aws_launch_template" "bare" { # expect: EC202 "aws_autoscaling_group.group"
  metadata_options {
    http_tokens = "required"
  }
}
