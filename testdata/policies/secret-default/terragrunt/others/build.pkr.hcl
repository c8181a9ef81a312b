locals {
  password = "not-terragrunt" # expect: SEC04
}
