locals {
  account = "⟦- id/account|51921¦65011¦15⟧"
}

remote_state {
  backend = "s3"
  config = {
    bucket     = "⟦- name/bucket|acme-terragrunt-state⟧"
    key        = "${path_relative_to_include()}/terraform.tfstate"
    access_key = "⟦+KEY03 aws/key-id|AKIAR¦PHNIX¦WM2SH¦BUW7X⟧"
    secret_key = "⟦+KEY03 aws/secret-key|CFuiG¦gl/pB¦zB3oM¦zen2+¦oC17A¦Rxi/O¦wpn5e¦TkWel⟧"
  }
}

generate "provider" {
  path      = "provider.tf"
  if_exists = "overwrite_terragrunt"
  contents  = <<EOF
provider "aws" {
  region     = "eu-west-1"
  access_key = "⟦+KEY03 aws/key-id|AKIAW¦S7WIW¦D3PDS¦XUBFT⟧"
  secret_key = "⟦+KEY03 aws/secret-key|/PNA8¦v4JrX¦4UYdK¦RkkPU¦/w4iP¦YhLkg¦e2NYi¦0utWf⟧"
}
EOF
}
