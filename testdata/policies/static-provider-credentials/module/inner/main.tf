variable "secret" {
  type = string
}

provider "aws" {
  access_key = "literal" # expect: KEY03
  secret_key = var.secret
}
