module "one" {
  source   = "./db"
  password = "from-the-caller" # expect: SEC01 "module.one.aws_db_instance.this"
}

module "two" {
  source   = "./db"
  password = var.password
}

module "listed" {
  source   = "./db"
  for_each = local.stages
  password = each.value.password
}

locals {
  stages = {
    dev  = { password = "dev-password-1" } # expect: SEC01 "module.listed['dev']"
    prod = { password = "" }
  }
}

variable "password" { # expect: SEC07 warning
  type = string
}
