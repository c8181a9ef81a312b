# want: EC201 web, IMDS02 web

variable "unused" {
  type    = string
  default = null
}

resource "aws_instance" "web" {
  ami                  = "ami-0abcdef1234567890"
  iam_instance_profile = var.unused
  metadata_options {
    http_endpoint = "enabled"
    http_tokens   = null
  }
}
