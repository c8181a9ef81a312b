variable "user" {}

resource "aws_iam_access_key" "this" { # expect: KEY01 "module.two.aws_iam_access_key.this"
  user = var.user
}
