# want: SEC01 store

resource "aws_db_instance" "store" {
  engine   = "postgres"
  username = "app"
  password = "@PASSWORD@"
}
