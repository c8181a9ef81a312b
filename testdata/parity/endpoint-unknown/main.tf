# want: IMDS02? web
# without: plan (a plan knows what the variable is)

variable "endpoint" {
  type = string
}

resource "aws_instance" "web" {
  iam_instance_profile = "web"
  metadata_options {
    http_endpoint = var.endpoint
  }
}
