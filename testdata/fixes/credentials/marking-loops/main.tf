variable "passwords" {
  type = map(string)
}

variable "extra_password" {
  type    = string
  default = ""
}

variable "optional_password" {
  type    = string
  default = null
}

resource "aws_db_instance" "each" {
  for_each = var.passwords
  password = each.value
}

resource "aws_db_instance" "some" {
  for_each = { a = "db-a", b = "db-b" }
  password = var.extra_password
}

resource "aws_ssm_parameter" "extra" {
  for_each = { for name, value in { extra_password = var.extra_password } : name => value }
  name     = each.key
  type     = "SecureString"
  value    = each.value
}

resource "aws_db_instance" "optional" {
  count    = var.optional_password == null ? 0 : 1
  password = var.optional_password
}

variable "maybe_password" {
  type    = string
  default = ""
}

resource "aws_db_instance" "main" {
  password = var.maybe_password
}

resource "aws_ssm_parameter" "maybe" {
  for_each = var.maybe_password == "" ? {} : { maybe_password = var.maybe_password }
  name     = each.key
  type     = "SecureString"
  value    = each.value
}
