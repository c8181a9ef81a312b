terraform {
  required_version = "~> 0.12.0"
}

variable "password" {
  type = string
}

resource "aws_db_instance" "db" {
  password = var.password
}
