variable "tokens" {}

variable "passed" {}

resource "aws_instance" "one" {
  ami = "ami-1"

  metadata_options {
    http_tokens = var.tokens
  }
}

resource "aws_instance" "tagged" {
  ami  = "ami-1"
  tags = { tokens = var.tokens }

  metadata_options {
    http_tokens = "required"
  }
}

module "inner" {
  source = "../inner"
  tokens = var.passed
}
