terraform {
  backend "s3" {}
}

module "inner" {
  source = "./inner"
  secret = "literal-of-a-call"
}
