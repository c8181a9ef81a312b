terraform {
  backend "s3" {
    bucket     = "state"
    key        = "a.tfstate"
    access_key = "@AKIA@"       # expect: KEY03
    secret_key = "@AWS_SECRET@" # expect: KEY03
  }
}

data "terraform_remote_state" "other" {
  backend = "s3"
  config = {
    bucket     = "state"
    access_key = "literal" # expect: KEY03
    secret_key = "literal" # expect: KEY03
  }
}

data "terraform_remote_state" "right" {
  backend = "s3"
  config = {
    bucket  = "state"
    profile = "deploy"
  }
}
