variable "password" {
  type = string
}

resource "aws_db_instance" "db" {
  password = var.password
}

output "connection" {
  value = "app:${var.password}"
}
