# Each line says what is to be found there; what is found and not expected fails, as does what is missing.

resource "aws_iam_access_key" "in_clear" { # expect: @CODE@
  user = "ci"
}

resource "aws_iam_access_key" "encrypted" {
  user    = "ci"
  pgp_key = "keybase:ci"
}
