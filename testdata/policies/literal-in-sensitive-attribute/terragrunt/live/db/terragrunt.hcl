terraform {
  source = "${get_repo_root()}/literal-in-sensitive-attribute/terragrunt/modules//db"
}

locals {
  common = "Input-Horse-2" # expect: SEC01
}

inputs = {
  master = local.common
  tokens = "required"
  suffix = "Given-Horse-3" # expect: SEC01
}
