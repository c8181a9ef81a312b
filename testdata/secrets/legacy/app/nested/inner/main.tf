variable "password" {
  type      = string
  sensitive = true
}

resource "aws_docdb_cluster" "inner" {
  cluster_identifier = "inner"
  master_password    = var.password
}
