# want: IMDS01 web

variable "tokens" {
  type    = string
  default = "optional"
}

resource "aws_instance" "web" {
  iam_instance_profile = "web"
  metadata_options {
    http_tokens = var.tokens
  }
}
