# want: SEC07 db warning
# strict: SEC07

variable "db_password" {
  type = string
}

resource "aws_db_instance" "db" {
  password = var.db_password
}
