locals {
  defaults = { http_tokens = "required", http_endpoint = "enabled" }
  options  = merge(local.defaults, { http_put_response_hop_limit = 2 })
}

resource "aws_instance" "merged" {
  iam_instance_profile = "web"
  metadata_options {
    http_tokens   = local.options["http_tokens"]
    http_endpoint = local.options.http_endpoint
  }
}

resource "aws_instance" "tried" {
  iam_instance_profile = "web"
  metadata_options {
    http_tokens = try(local.options.nothing, "required")
  }
}

resource "aws_instance" "dynamic_one" {
  iam_instance_profile = "web"
  dynamic "metadata_options" {
    for_each = [local.options]
    iterator = each_option
    content {
      http_tokens = lookup(each_option.value, "http_tokens", "optional")
    }
  }
}
