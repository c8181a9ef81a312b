# A list whose length is not known.
variable "users" {}

locals {
  listed = jsondecode("[${join(",", formatlist("\"%s\"", var.users))}]")
}

resource "aws_iam_access_key" "several" { # expect: KEY01
  count = length(local.listed) > 1 ? 1 : 0
  user  = "bob"
}
