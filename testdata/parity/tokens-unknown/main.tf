# want: IMDS01? web
# without: plan (a plan knows what the variable is)

variable "tokens" {
  type = string
}

resource "aws_instance" "web" {
  iam_instance_profile = "web"
  metadata_options {
    http_tokens = var.tokens
  }
}
