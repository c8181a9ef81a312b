resource "aws_instance" "off" {
  iam_instance_profile = "web"
  metadata_options {
    http_endpoint = "disabled"
    http_tokens   = "optional"
  }
}

resource "aws_instance" "maybe" {
  iam_instance_profile = "web"
  metadata_options {
    http_endpoint = var.endpoint
    http_tokens   = "optional" # expect: IMDS01?
  }
}

variable "endpoint" {
  type = string
}
