variable "environment" {
  type = string
}

resource "aws_iam_access_key" "app" { # expect: KEY01
  for_each = toset(["a", "b"])
  user     = each.key
}

locals {
  key     = aws_iam_access_key.app["a"]
  account = { name = "app", secret = local.key.secret }
}

module "worker" {
  source = "../modules/app"
  secret = local.account.secret
}

# A function of several unknowns still holds the key.
resource "aws_launch_template" "web" {
  iam_instance_profile {
    name = "web"
  }
  metadata_options {
    http_tokens = "required"
  }
  user_data = base64encode(templatefile("${path.module}/start.tftpl", {
    environment = var.environment
    secret      = local.account.secret # expect: KEY04
  }))
}

output "all" {
  value     = { for name, key in aws_iam_access_key.app : name => key.secret } # expect: KEY04
  sensitive = true
}

output "worker" {
  value = module.worker.name
}
