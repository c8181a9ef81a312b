provider "aws" {
  region = "eu-west-1"
}

variable "options" {
  type = list(object({ tokens = string }))
}

variable "hosts" {
  type = map(object({ tokens = optional(string) }))
}

# Without a value for the variable nobody knows whether there is a block.
resource "aws_instance" "one" {
  ami                  = "ami-12345678"
  instance_type        = "t3.micro"
  iam_instance_profile = "web"

  dynamic "metadata_options" {
    for_each = var.options

    content {
      http_tokens = metadata_options.value.tokens # expect-source: IMDS01? # expect-plan: IMDS01
    }
  }
}

# A plan shows no block as it shows one that is not known yet: the source and the values that were given tell them apart.
resource "aws_instance" "each" { # expect-plan: IMDS02
  for_each             = var.hosts
  ami                  = "ami-12345678"
  instance_type        = "t3.micro"
  iam_instance_profile = "web"

  dynamic "metadata_options" {
    for_each = each.value.tokens == null ? [] : [each.value.tokens]

    content {
      http_tokens = metadata_options.value # expect-source: IMDS01? # expect-plan: IMDS01
    }
  }
}
