# Whoever names a file does not hand over what is in it.
variable "key_path" {
  type = string
}

variable "key" { # expect: SEC07 warning
  type = string
}

resource "aws_acm_certificate" "by_path" {
  certificate_body = "x"
  private_key      = file(var.key_path)
}

resource "aws_acm_certificate" "trimmed" {
  certificate_body = "x"
  private_key      = trimspace(file("${path.module}/${var.key_path}"))
}

resource "aws_db_instance" "decoded" {
  password = jsondecode(file(var.key_path)).password
}

resource "aws_db_instance" "encoded" {
  password = fileexists(var.key_path) ? base64decode(filebase64(var.key_path)) : null
}

resource "aws_acm_certificate" "by_value" {
  certificate_body = "x"
  private_key      = var.key
}
