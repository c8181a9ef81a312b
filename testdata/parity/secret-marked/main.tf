# want:
# strict: SEC07

variable "db_password" {
  type      = string
  sensitive = true
}

variable "user" {
  type = string
}

resource "aws_db_instance" "db" {
  username = var.user
  password = var.db_password
}
