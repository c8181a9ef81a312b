variable "password" {
  type      = string
  sensitive = true
}

resource "aws_db_instance" "db" {
  password = var.password
}
