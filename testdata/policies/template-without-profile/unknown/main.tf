resource "aws_launch_template" "given" {
  iam_instance_profile {
    arn = var.profile
  }
  metadata_options {
    http_tokens = "required"
  }
}

variable "profile" {
  type = string
}
