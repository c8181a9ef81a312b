# want: EC202 base warning, IMDS02 base

resource "aws_launch_template" "base" {
  image_id = "ami-0abcdef1234567890"
}
