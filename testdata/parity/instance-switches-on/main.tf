# want: IMDS02 web

resource "aws_launch_template" "silent" {
  iam_instance_profile {
    name = "web"
  }
  metadata_options {
    http_endpoint = "disabled"
  }
}

resource "aws_instance" "web" {
  launch_template {
    id = aws_launch_template.silent.id
  }
  metadata_options {
    http_endpoint = "enabled"
  }
}
