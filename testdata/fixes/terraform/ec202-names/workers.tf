resource "aws_launch_template" "a-b" {
  image_id      = "ami-0abcdef1234567890"
  instance_type = "t3.micro"
}

resource "aws_launch_template" "a_b" {
  image_id      = "ami-0abcdef1234567890"
  instance_type = "t3.micro"
}
