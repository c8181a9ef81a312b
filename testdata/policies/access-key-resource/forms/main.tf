resource "aws_iam_access_key" "bob" { # expect: KEY01 "in clear"
  user = "bob"
}

resource "aws_iam_access_key" "encrypted" { # expect: KEY01 "pgp_key"
  user    = aws_iam_user.bot.name
  pgp_key = "keybase:bob"
}

resource "aws_iam_access_key" "inactive" { # expect: KEY01 "inactive"
  user   = "bob"
  status = "Inactive"
}

resource "aws_iam_access_key" "many" { # expect: KEY01
  for_each = toset(["a", "b"])
  user     = each.value
}

resource "aws_iam_access_key" "none" {
  count = 0
  user  = "bob"
}

resource "aws_iam_access_key" "unknown_user" { # expect: KEY01
  user = var.user
}

resource "aws_iam_user" "bot" {
  name = "bot"
}

variable "user" {
  type = string
}
