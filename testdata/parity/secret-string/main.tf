# want: SEC01 secret

resource "aws_secretsmanager_secret_version" "secret" {
  secret_id     = "db"
  secret_string = jsonencode({ username = "app", password = "@PASSWORD@" })
}
