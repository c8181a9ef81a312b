provider "awscc" {
  region     = "eu-central-1"
  access_key = "AKIAX" # expect: KEY03
  secret_key = "xyz"   # expect: KEY03
}

provider "awscc" {
  alias      = "open"
  access_key = var.access_key
  secret_key = var.secret_key # expect: KEY03 warning
}

provider "awscc" {
  alias      = "session"
  access_key = var.access_key
  secret_key = var.secret_key
  token      = var.token
}

provider "awscc" {
  alias = "web"
  assume_role_with_web_identity = {
    role_arn           = "arn:aws:iam::123456789012:role/deploy"
    web_identity_token = "word" # expect: KEY03
  }
}

provider "awscc" {
  alias                    = "right"
  profile                  = "deploy"
  shared_credentials_files = ["~/.aws/creds"]
  assume_role = {
    role_arn = "arn:aws:iam::123456789012:role/deploy"
  }
}

provider "awscc" {
  alias                       = "mock"
  access_key                  = "test"
  secret_key                  = "test"
  skip_credentials_validation = true
  endpoints = {
    cloudcontrolapi = "http://localhost:4566"
  }
}

variable "access_key" {
  type = string
}

variable "secret_key" {
  type = string
}

variable "token" { # expect: SEC07 warning
  type = string
}
