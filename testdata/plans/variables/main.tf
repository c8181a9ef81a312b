provider "aws" {
  region = "eu-west-1"
}

variable "http_tokens" {
  type    = string
  default = "optional" # expect-source: IMDS01
}

variable "legacy" {
  type    = bool
  default = false
}

variable "settings" {
  type = object({
    tokens  = optional(string, "required")
    profile = optional(string)
  })
  default = {}
}

resource "aws_instance" "flag" {
  ami                  = "ami-12345678"
  instance_type        = "t3.micro"
  iam_instance_profile = "web"

  metadata_options {
    http_tokens = var.http_tokens
  }
}

resource "aws_instance" "legacy" {
  count                = var.legacy ? 1 : 0
  ami                  = "ami-12345678"
  instance_type        = "t3.micro"
  iam_instance_profile = "web"

  metadata_options {
    http_tokens = "optional" # expect-plan: IMDS01
  }
}

resource "aws_instance" "settings" { # expect-source: EC201
  ami                  = "ami-12345678"
  instance_type        = "t3.micro"
  iam_instance_profile = var.settings.profile

  metadata_options {
    http_tokens = var.settings.tokens
  }
}
