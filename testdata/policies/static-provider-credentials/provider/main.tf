provider "aws" {
  access_key = "@AKIA@"       # expect: KEY03
  secret_key = "@AWS_SECRET@" # expect: KEY03
}

provider "aws" {
  alias      = "short"
  access_key = "mykey"    # expect: KEY03
  secret_key = "changeme" # expect: KEY03
}

provider "aws" {
  alias      = "defaulted"
  access_key = var.access_key
  secret_key = local.secret
}

provider "aws" {
  alias      = "open"
  access_key = var.open_access_key
  secret_key = var.open_secret_key # expect: KEY03 warning
}

provider "aws" {
  alias      = "beside"
  access_key = file("../key.txt")
  secret_key = trimspace(file("../secret.txt")) # expect: KEY03 warning
}

provider "aws" {
  alias      = "session"
  access_key = var.open_access_key
  secret_key = var.open_secret_key
  token      = var.token
}

provider "aws" {
  alias = "right"
  assume_role {
    role_arn = "arn:aws:iam::123456789012:role/deploy"
  }
}

provider "aws" {
  alias                       = "mock"
  access_key                  = "test"
  secret_key                  = "test"
  skip_credentials_validation = true
  endpoints {
    s3 = "http://localhost:4566"
  }
}

provider "aws" {
  alias      = "no_mock"
  access_key = "test" # expect: KEY03
  secret_key = "test" # expect: KEY03
}

provider "aws" {
  alias      = "vault"
  access_key = data.vault_aws_access_credentials.creds.access_key
  secret_key = data.vault_aws_access_credentials.creds.secret_key
}

provider "aws" {
  alias      = "empty"
  access_key = ""
  secret_key = null
}

variable "access_key" {
  default = "defaultkey" # expect: KEY03
}

locals {
  secret = "defaultsecret" # expect: KEY03
}

variable "open_access_key" {
  type = string
}

variable "open_secret_key" {
  type = string
}

variable "token" { # expect: SEC07 warning
  type = string
}

data "vault_aws_access_credentials" "creds" {
  backend = "aws"
  role    = "deploy"
}

# Of the key's own name no second finding is made.
variable "aws_secret_access_key" {
  type      = string
  sensitive = true
}

provider "aws" {
  alias      = "named"
  access_key = var.open_access_key
  secret_key = var.aws_secret_access_key # expect: KEY03 warning
}
