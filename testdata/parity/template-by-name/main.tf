# want:

resource "aws_launch_template" "base" {
  name = "base"
  iam_instance_profile {
    arn = "arn:aws:iam::111122223333:instance-profile/web"
  }
  metadata_options {
    http_tokens = "required"
  }
}

resource "aws_instance" "web" {
  launch_template {
    name    = "base"
    version = "$Latest"
  }
}
