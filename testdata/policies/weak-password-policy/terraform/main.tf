resource "aws_iam_account_password_policy" "weak" { # expect: MFA02 warning "few kinds"
  minimum_password_length = 7 # expect: MFA02 warning "short"
  max_password_age        = 0 # expect: MFA02 warning "forever"
  require_numbers         = true
  require_symbols         = true
}

resource "aws_iam_account_password_policy" "good" {
  minimum_password_length      = 14
  max_password_age             = 90
  require_lowercase_characters = true
  require_numbers              = true
  require_symbols              = true
}

variable "any" {
  type = any
}

resource "aws_iam_account_password_policy" "open" {
  minimum_password_length      = var.any
  max_password_age             = var.any
  require_lowercase_characters = var.any
  require_numbers              = true
  require_symbols              = true
}
