# Of a text that is known and put together only what is a secret there counts: by the field, else by its own name.
variable "user" {
  type = string
}

variable "host" {
  type = string
}

variable "login" {
  type    = string
  default = ""
}

variable "plain" { # expect: SEC07 warning
  type    = string
  default = ""
}

variable "nested" { # expect: SEC07 warning
  type    = string
  default = ""
}

variable "written" { # expect: SEC07 warning
  type    = string
  default = ""
}

variable "alone" { # expect: SEC07 warning
  type    = string
  default = ""
}

variable "api_key" { # expect: SEC07 warning
  type    = string
  default = ""
}

variable "account_ids" {
  type = string
}

variable "license" { # expect: SEC07 warning
  type = string
}

locals {
  secret = { username = var.login, password = var.nested }
}

resource "aws_secretsmanager_secret_version" "document" {
  secret_id     = "document"
  secret_string = jsonencode({ username = var.user, host = var.host, login = var.login, password = var.plain })
}

resource "aws_secretsmanager_secret_version" "carried" {
  secret_id     = "carried"
  secret_string = jsonencode(local.secret)
}

resource "aws_secretsmanager_secret_version" "written" {
  secret_id     = "written"
  secret_string = <<-EOT
    {
      "username": "${var.login}",
      "password": "${var.written}"
    }
  EOT
}

resource "aws_db_instance" "alone" {
  password = "${var.alone}"
}

resource "aws_secretsmanager_secret_version" "joined" {
  secret_id     = "joined"
  secret_string = join("", [var.login, var.api_key])
}

# By habit much that is no secret is kept encrypted.
resource "aws_ssm_parameter" "account_ids" {
  name  = "/app/account_ids"
  type  = "SecureString"
  value = var.account_ids
}

resource "aws_ssm_parameter" "license" {
  name  = "/app/license"
  type  = "SecureString"
  value = var.license
}
