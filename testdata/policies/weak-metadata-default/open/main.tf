variable "tokens" {
  type = string
}

resource "aws_ec2_instance_metadata_defaults" "account" {
  http_tokens = var.tokens
}
