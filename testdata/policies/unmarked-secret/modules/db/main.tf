variable "password" {
  type = string
}

resource "aws_db_instance" "this" {
  password = var.password
}
