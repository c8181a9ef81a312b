variable "password" {
  default = ""
}

resource "aws_rds_cluster" "this" {
  master_password = var.password
}
