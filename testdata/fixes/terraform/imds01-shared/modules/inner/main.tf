variable "tokens" {}

resource "aws_instance" "inner" {
  ami = "ami-1"

  metadata_options {
    http_tokens = var.tokens
  }
}
