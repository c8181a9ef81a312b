# A secret belongs to the id before it.
locals {
  lasting = {
    id     = "@AKIA@"       # expect: KEY02
    secret = "@AWS_SECRET@" # expect: KEY02
  }
  passing = {
    id     = "@ASIA@"        # expect: KEY05 warning
    secret = "@AWS_SECRET2@" # expect: KEY05 warning
  }
}
