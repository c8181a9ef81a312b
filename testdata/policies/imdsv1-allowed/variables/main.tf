resource "aws_instance" "by_default" {
  iam_instance_profile = "web"
  metadata_options {
    http_tokens = var.tokens
  }
}

resource "aws_instance" "by_file" {
  iam_instance_profile = "web"
  metadata_options {
    http_tokens = var.given
  }
}

resource "aws_instance" "unknown" {
  iam_instance_profile = "web"
  metadata_options {
    http_tokens = var.nobody # expect: IMDS01? "nobody"
  }
}

resource "aws_instance" "by_local" {
  iam_instance_profile = "web"
  metadata_options {
    http_tokens = local.strict ? "required" : "optional"
  }
}

locals {
  strict = length(var.tokens) > 100 ? false : true
}
