module "one" {
  source = "./key"
  user   = "one"
}

module "two" {
  source = "./key"
  user   = "two"
}
