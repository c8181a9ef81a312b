variable "tokens" {
  type    = string
  default = "required"
}

resource "aws_instance" "web" {
  iam_instance_profile = "web"
  metadata_options {
    http_tokens = var.tokens
  }
}
