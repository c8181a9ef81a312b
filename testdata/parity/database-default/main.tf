# want: SEC01 store

variable "db_password" {
  type    = string
  default = "@PASSWORD@"
}

resource "aws_db_instance" "store" {
  engine   = "postgres"
  username = "app"
  password = var.db_password
}
