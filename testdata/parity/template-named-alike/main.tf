# want: IMDS01 base

variable "stage" {
  type = string
}

resource "aws_launch_template" "base" {
  name = "${var.stage}-base"
  iam_instance_profile {
    name = "web"
  }
  metadata_options {
    http_tokens = "optional"
  }
}

resource "aws_instance" "web" {
  launch_template {
    name    = "${var.stage}-base"
    version = "$Latest"
  }
}
