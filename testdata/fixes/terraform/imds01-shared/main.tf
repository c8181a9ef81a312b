# Taken by a module, whose variable two resources take.
module "shared" {
  source = "./modules/web"
  tokens = local.shared
  passed = var.passed
}

locals {
  shared = "optional"
  once   = "optional"
  twice  = local.once
  asked  = "optional"
  told   = local.asked
}

variable "passed" {
  default = "optional"
}

resource "aws_instance" "alone" {
  ami = "ami-1"

  metadata_options {
    http_tokens = local.twice
  }
}

resource "aws_instance" "asking" {
  ami = "ami-1"

  metadata_options {
    http_tokens = local.told
  }
}

output "told" {
  value = local.told
}
