# want:

variable "db_password" {
  type      = string
  sensitive = true
}

resource "aws_db_instance" "store" {
  password = var.db_password
}

data "aws_secretsmanager_secret_version" "db" {
  secret_id = "db"
}

resource "aws_db_instance" "resolved" {
  password = data.aws_secretsmanager_secret_version.db.secret_string
}

resource "aws_db_instance" "managed" {
  manage_master_user_password = true
}
