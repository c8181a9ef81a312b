# What a module does with a secret that is not here nobody knows.
resource "aws_secretsmanager_secret" "handed" { # expect: SEC10? "cannot tell whether anything rotates"
  name = "handed"
}

resource "aws_secretsmanager_secret" "each" { # expect: SEC10?
  for_each = toset(["a", "b"])
  name     = each.key
}

resource "aws_secretsmanager_secret" "listed" { # expect: SEC10?
  name = "listed"
}

resource "aws_secretsmanager_secret" "kept" { # expect: SEC10 warning
  name = "kept"
}

module "rotation" {
  source  = "example/rotation/aws"
  version = "1.2.3"
  secret  = aws_secretsmanager_secret.handed.id
  others  = { listed = [local.listed] }
}

module "each" {
  source   = "example/rotation/aws"
  for_each = aws_secretsmanager_secret.each
  secret   = each.value.arn
}

module "later" {
  source     = "example/service/aws"
  depends_on = [aws_secretsmanager_secret.kept]
}

locals {
  listed = "${aws_secretsmanager_secret.listed.arn}:password::"
}
