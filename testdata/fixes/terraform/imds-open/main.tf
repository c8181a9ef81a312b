variable "tokens" {}

variable "template" {}

resource "aws_instance" "variable" {
  ami = "ami-1"

  metadata_options {
    http_tokens = var.tokens
  }
}

resource "aws_instance" "template" {
  launch_template {
    id = var.template
  }
}

resource "aws_autoscaling_group" "group" {
  max_size = 1
  min_size = 1

  launch_template {
    id = var.template
  }
}
