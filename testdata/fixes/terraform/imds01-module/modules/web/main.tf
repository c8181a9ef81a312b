variable "http_tokens" {}

variable "options" {}

resource "aws_instance" "web" {
  ami = "ami-1"

  metadata_options {
    http_tokens = var.http_tokens
  }
}

resource "aws_instance" "other" {
  ami = "ami-1"

  metadata_options {
    http_tokens = var.options.http_tokens
  }
}
