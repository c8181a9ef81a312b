# want: SEC01 store

resource "aws_docdb_cluster" "store" {
  master_username = "app"
  master_password = join("", ["@PASSWORD@", "-docdb"])
}
