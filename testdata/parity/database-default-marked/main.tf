# want: SEC01 store

variable "db_password" {
  type      = string
  sensitive = true
  default   = "@PASSWORD@"
}

resource "aws_rds_cluster" "store" {
  engine          = "aurora-postgresql"
  master_username = "app"
  master_password = var.db_password
}
