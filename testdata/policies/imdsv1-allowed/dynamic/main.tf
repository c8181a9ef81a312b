variable "options" {
  default = [{ tokens = "optional" }] # expect: IMDS01 "aws_instance.known"
}

variable "open" {
  type = list(any)
}

resource "aws_instance" "known" {
  iam_instance_profile = "web"
  dynamic "metadata_options" {
    for_each = var.options
    content {
      http_tokens = metadata_options.value.tokens
    }
  }
}

resource "aws_instance" "unknown_but_good" {
  iam_instance_profile = "web"
  dynamic "metadata_options" {
    for_each = var.open
    content {
      http_tokens = "required"
    }
  }
}

resource "aws_instance" "unknown_and_bad" {
  iam_instance_profile = "web"
  dynamic "metadata_options" {
    for_each = var.open
    content {
      http_tokens = "optional" # expect: IMDS01
    }
  }
}

resource "aws_instance" "none" { # expect: IMDS02
  iam_instance_profile = "web"
  dynamic "metadata_options" {
    for_each = []
    content {
      http_tokens = "required"
    }
  }
}
