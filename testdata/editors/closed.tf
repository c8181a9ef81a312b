resource "aws_launch_template" "closed" {
  instance_type = "t3.micro"

  iam_instance_profile {
    name = "web"
  }

  metadata_options {
    http_tokens = "optional" # IMDS01
  }
}
