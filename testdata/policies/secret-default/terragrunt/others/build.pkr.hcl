locals {
  password = "not-terragrunt"
}
