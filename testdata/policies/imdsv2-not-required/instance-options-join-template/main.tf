resource "aws_launch_template" "hop" {
  iam_instance_profile {
    name = "web"
  }
  metadata_options { # expect: IMDS02 "aws_instance.takes"
    http_put_response_hop_limit = 1
  }
}

resource "aws_instance" "takes" {
  launch_template {
    id = aws_launch_template.hop.id
  }
}

resource "aws_instance" "says" {
  launch_template {
    id = aws_launch_template.hop.id
  }
  metadata_options {
    http_tokens = "required"
  }
}
