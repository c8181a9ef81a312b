variable "tokens" {
  type    = string
  default = "optional"
}

variable "shared" {
  type    = string
  default = "optional"
}

variable "strict" {
  type    = bool
  default = false
}

locals {
  imds = {
    tokens = "optional"
  }
}

resource "aws_instance" "literal" {
  ami = "ami-1"

  metadata_options {
    http_endpoint = "enabled"
    http_tokens   = "optional" # old agents
  }
}

resource "aws_instance" "variable" {
  ami = "ami-1"

  metadata_options {
    http_tokens = var.tokens
  }
}

resource "aws_instance" "shared" {
  ami = "ami-1"

  metadata_options {
    http_tokens = var.shared
  }
}

output "shared" {
  value = var.shared
}

resource "aws_instance" "local" {
  ami = "ami-1"

  metadata_options {
    http_tokens = local.imds.tokens
  }
}

resource "aws_instance" "choice" {
  ami = "ami-1"

  metadata_options {
    http_tokens                 = var.strict ? "required" : "optional"
    http_put_response_hop_limit = 2
  }
}

resource "aws_instance" "lowered" {
  ami = "ami-1"

  metadata_options {
    http_tokens = lower("OPTIONAL")
  }
}

resource "aws_instance" "each" {
  for_each = {
    old = { tokens = "optional" }
    new = { tokens = "required" }
  }

  ami = "ami-1"

  metadata_options {
    http_tokens = each.value.tokens
  }
}
