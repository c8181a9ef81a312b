module "one" {
  source = "./inner"
  secret = "one-secret-value" # expect: KEY03
}
