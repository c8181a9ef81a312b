include "root" {
  path = find_in_parent_folders("root.hcl")
}

terraform { # expect: IMDS02?
  source = "git::https://example.com/modules.git//app?ref=v1"
}

locals {
  provider = <<EOF
provider "github" {
  token = "not-a-form" # expect: KEY03 "token"
}
EOF
}

generate = {
  provider = {
    path      = "github.tf"
    if_exists = "overwrite"
    contents  = local.provider
  }
}
