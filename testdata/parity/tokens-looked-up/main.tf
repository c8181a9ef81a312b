# want: IMDS01 web

locals {
  tokens = {
    dev  = { imds = "optional" }
    prod = { imds = "required" }
  }
}

variable "stage" {
  default = "dev"
}

resource "aws_instance" "web" {
  iam_instance_profile = "web"
  metadata_options {
    http_tokens = local.tokens[var.stage].imds
  }
}
