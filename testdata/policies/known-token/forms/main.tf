locals {
  github = "@GITHUB@" # expect: SEC02
  slack  = "@SLACK@"  # expect: SEC02
  stripe = "@STRIPE@" # expect: SEC02
}
