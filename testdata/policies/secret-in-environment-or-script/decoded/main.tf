# What a document says that is known in part is known where it stands.
variable "host" {}
variable "count" {}

locals {
  whole   = yamldecode("DB_PASSWORD: petrel-sleet-1\nHOST: a\n")                               # expect: SEC05
  partial = yamldecode("DB_PASSWORD: petrel-sleet-2\nHOST: ${var.host}\nURL: https://${var.host}/x\n") # expect: SEC05
  json    = jsondecode("{\"tokens\": \"required\", \"count\": ${var.count}, \"name\": \"a-${var.host}\"}")
  put_in  = yamldecode("a: b\n${var.host}\n")
}

resource "aws_lambda_function" "whole" {
  role = "arn:aws:iam::111122223333:role/x"
  environment {
    variables = local.whole
  }
}

resource "aws_lambda_function" "partial" {
  role = "arn:aws:iam::111122223333:role/x"
  environment {
    variables = local.partial
  }
}

resource "aws_launch_template" "decided" {
  iam_instance_profile {
    name = "web"
  }
  metadata_options {
    http_tokens = local.json.tokens
  }
}

resource "aws_launch_template" "open" {
  iam_instance_profile {
    name = "web"
  }
  metadata_options {
    http_tokens = lookup(local.put_in, "tokens", "optional") # expect: IMDS01?
  }
}
