# want: EC201 spot, IMDS02 spot

resource "aws_spot_fleet_request" "spot" {
  iam_fleet_role = "arn:aws:iam::111122223333:role/fleet"
  launch_specification {
    ami           = "ami-0abcdef1234567890"
    instance_type = "m7i.large"
  }
}
