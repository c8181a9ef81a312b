resource "aws_launch_template" "base" {
  name                   = "base"
  update_default_version = true

  iam_instance_profile {
    name = "base"
  }

  metadata_options {
    http_tokens = "optional" # expect: IMDS01 "gets its metadata options from here, by its newest version"
  }
}

resource "aws_instance" "from_template" {
  launch_template {
    id      = aws_launch_template.base.id
    version = "$Latest"
  }
}

resource "aws_launch_template" "good" {
  name = "good"

  iam_instance_profile {
    name = "good"
  }

  metadata_options {
    http_tokens = "required"
  }
}

resource "aws_instance" "own" {
  launch_template {
    id      = aws_launch_template.good.id
    version = aws_launch_template.good.latest_version
  }

  metadata_options {
    http_tokens = "optional" # expect: IMDS01 "the instance's own value, before `aws_launch_template.good`, decides"
  }
}

resource "aws_launch_configuration" "old" {
  image_id             = "ami-0abcdef1234567890"
  iam_instance_profile = "old"

  metadata_options {
    http_tokens = "optional" # expect: IMDS01 "this launch configuration decides"
  }
}
