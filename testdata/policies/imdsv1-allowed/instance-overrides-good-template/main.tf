resource "aws_launch_template" "good" {
  iam_instance_profile {
    name = "web"
  }
  metadata_options {
    http_tokens = "required"
  }
}

resource "aws_instance" "worse" {
  launch_template {
    id = aws_launch_template.good.id
  }
  metadata_options {
    http_tokens = "optional" # expect: IMDS01 "aws_instance.worse"
  }
}

resource "aws_instance" "hop_limit_only" {
  launch_template {
    id = aws_launch_template.good.id
  }
  metadata_options {
    http_put_response_hop_limit = 2
  }
}
