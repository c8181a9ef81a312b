variable "secret" {
  type = string
}

provider "aws" {
  access_key = "literal"
  secret_key = var.secret
}
