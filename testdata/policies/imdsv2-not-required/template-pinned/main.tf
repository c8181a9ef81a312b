resource "aws_launch_template" "pinned" {
  name = "pinned"
  iam_instance_profile {
    name = "web"
  }
  metadata_options {
    http_tokens = "required"
  }
}

resource "aws_instance" "old" { # expect: IMDS02? "version 3"; EC201? "version 3"
  launch_template {
    name    = "pinned"
    version = "3"
  }
}
