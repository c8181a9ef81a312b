include "root" { # expect: IMDS02?
  path = find_in_parent_folders("root.hcl")
}

terraform {
  source = "../../modules/db"
}

inputs = {
  master = get_env("MASTER", "")
}
