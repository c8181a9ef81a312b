provider "aws" {
  region = "eu-west-1"
}

locals {
  teams = {
    red  = { tokens = "required", password = "Red-Horse-1" } # expect: SEC01
    blue = { tokens = "optional", password = "Blue-Horse-2" } # expect: IMDS01; SEC01
  }
}

module "team" {
  source   = "./team"
  for_each = local.teams

  name     = each.key
  tokens   = each.value.tokens
  password = each.value.password
}

module "pair" {
  source = "./team"
  count  = 2

  name     = "pair-${count.index}"
  tokens   = count.index == 0 ? "required" : "optional" # expect: IMDS01
  password = random_password.pair[count.index].result
}

module "off" {
  source = "./team"
  count  = 0

  name     = "off"
  tokens   = "optional"
  password = "Never-Horse-3"
}

resource "random_password" "pair" {
  count  = 2
  length = 16
}
