variable "tokens" {
  type = string
}

resource "aws_instance" "this" {
  iam_instance_profile = "web"
  metadata_options {
    http_tokens = var.tokens
  }
}
