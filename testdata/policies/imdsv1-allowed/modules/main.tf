module "bad" {
  source = "./instance"
  tokens = "optional" # expect: IMDS01 "module.bad.aws_instance.this"
}

module "good" {
  source = "./instance"
  tokens = "required"
}

module "each" {
  for_each = { a = "required", b = "optional" } # expect: IMDS01 "module.each['b']"
  source   = "./instance"
  tokens   = each.value
}
