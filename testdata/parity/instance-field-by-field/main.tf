# want:

resource "aws_launch_template" "base" {
  iam_instance_profile {
    arn = "arn:aws:iam::111122223333:instance-profile/web"
  }
  metadata_options {
    http_tokens = "required"
  }
}

resource "aws_instance" "web" {
  launch_template {
    id      = aws_launch_template.base.id
    version = aws_launch_template.base.latest_version
  }
  metadata_options {
    http_put_response_hop_limit = 1
  }
}
