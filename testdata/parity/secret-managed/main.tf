# want:
# strict: SEC08

resource "aws_db_instance" "db" {
  username                    = "app"
  manage_master_user_password = true
}
