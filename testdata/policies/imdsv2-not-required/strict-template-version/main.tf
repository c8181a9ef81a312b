resource "aws_launch_template" "grown" {
  name = "grown"

  iam_instance_profile {
    name = "web"
  }

  metadata_options {
    http_tokens = "required"
  }
}

resource "aws_instance" "by_default" {
  launch_template {
    id      = aws_launch_template.grown.id
    version = "$Default" # expect: IMDS02 note "older version"
  }
}

resource "aws_instance" "unsaid" {
  launch_template { # expect: IMDS02 note "older version"
    id = aws_launch_template.grown.id
  }
}

resource "aws_instance" "newest" {
  launch_template {
    id      = aws_launch_template.grown.id
    version = aws_launch_template.grown.latest_version
  }
}

resource "aws_launch_template" "tracked" {
  name                   = "tracked"
  update_default_version = true

  iam_instance_profile {
    name = "web"
  }

  metadata_options {
    http_tokens = "required"
  }
}

resource "aws_instance" "of_tracked" {
  launch_template {
    id = aws_launch_template.tracked.id
  }
}
