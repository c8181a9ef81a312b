resource "aws_db_instance" "mistaken" {
  password = "var.password"
}

resource "aws_db_instance" "data" {
  password = "data.aws_secretsmanager_secret_version.db.secret_string"
}

resource "aws_db_instance" "dotted" {
  password = "var.not a reference" # expect: SEC01
}
