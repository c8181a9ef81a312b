terraform {
  required_version = ">= 1.3"
}

variable "password" {
  type = string
}

resource "aws_db_instance" "db" {
  password = var.password
}

output "url" {
  value = "postgres://app:${var.password}@db"
}
