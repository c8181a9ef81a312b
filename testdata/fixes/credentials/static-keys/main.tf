terraform {
  backend "s3" {
    bucket = "state"
    key    = "main.tfstate"

    access_key = "literal" # of the CI user
    secret_key = "literal"
    region     = "eu-central-1"
  }
}

provider "aws" {
  region = "eu-central-1"

  # The CI user's.
  access_key = "literal"
  secret_key = "literal"

  default_tags {
    tags = { team = "web" }
  }
}

provider "aws" {
  alias      = "variables"
  access_key = var.access_key
  secret_key = var.secret_key
  region     = "us-east-1"
}

provider "aws" {
  alias      = "defaulted"
  access_key = var.defaulted_key
  secret_key = local.defaulted_secret
  token      = ""
}

variable "access_key" {
  type = string
}

variable "secret_key" {
  type      = string
  sensitive = true
}

variable "defaulted_key" {
  default = "literal-of-a-variable"
}

locals {
  defaulted_secret = "literal-of-a-local"
}

provider "github" { token = "literal" }

provider "grafana" {
  url  = "https://grafana.example.com"
  auth = "literal"
}

data "terraform_remote_state" "network" {
  backend = "s3"
  config = {
    bucket     = "state"
    access_key = "literal"
    secret_key = "literal"
    key        = "network.tfstate"
  }
}

data "terraform_remote_state" "flow" {
  backend = "s3"
  config  = { bucket = "state", access_key = "literal", secret_key = "literal" }
}

locals {
  region = "eu-central-1"
  key    = "literal-of-a-local"
  secret = "literal-of-a-local"
}

provider "aws" {
  alias      = "locals"
  region     = local.region
  access_key = local.key
  secret_key = local.secret
}

provider "aws" {
  alias = "commented"

  # The CI user's.
  # See the runbook.
  access_key = "literal"
  secret_key = "literal"
}
