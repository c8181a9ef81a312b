# want: IMDS02 base, EC202 base

resource "aws_launch_configuration" "base" {
  name     = "base"
  image_id = "ami-0abcdef1234567890"
}

resource "aws_autoscaling_group" "workers" {
  max_size             = 2
  min_size             = 1
  launch_configuration = "base"
}
