resource "aws_launch_template" "web" {
  name     = "web"
  image_id = "ami-1"
}

resource "aws_launch_template" "blank" {
  iam_instance_profile {
    arn = ""
  }
}

resource "aws_launch_configuration" "old" {
  image_id = "ami-1"
}
