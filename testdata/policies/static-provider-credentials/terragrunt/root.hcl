locals {
  region      = "eu-west-1"
  account_vars = read_terragrunt_config(find_in_parent_folders("account.hcl"))
}

remote_state {
  backend = "s3"

  generate = {
    path      = "backend.tf"
    if_exists = "overwrite_terragrunt"
  }

  config = {
    bucket     = "states-${local.account_vars.locals.account}"
    key        = "${path_relative_to_include()}/terraform.tfstate"
    region     = local.region
    secret_key = "backend-secret" # expect: KEY03 "backend"
    encrypt    = true
  }
}

generate "provider" {
  path      = "provider.tf"
  if_exists = "overwrite_terragrunt"
  contents  = <<-EOF
    provider "aws" {
      region     = "${local.region}"
      access_key = "@AKIA@" # expect: KEY03 "access_key"
      secret_key = "${get_env("AWS_KEY")}"

      default_tags {
        tags = ${jsonencode(local.account_vars.locals.tags)}
      }
    }

    provider "aws" {
      alias      = "other"
      region     = "us-east-1"
      secret_key = "generated-secret" # expect: KEY03 "secret_key"
    }
  EOF
}

generate "lint" {
  path      = ".tflint.hcl"
  if_exists = "overwrite"
  contents  = "config { this is no terraform"
}
