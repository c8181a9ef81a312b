variable "password" {
  type      = string
  sensitive = true
}

variable "brief" {
  type      = string
  ephemeral = true
}

resource "random_password" "db" {
  length = 32
}

data "aws_secretsmanager_secret_version" "db" {
  secret_id = "db"
}

resource "aws_db_instance" "generated" {
  password = random_password.db.result # expect: SEC08 warning "manage_master_user_password"
}

resource "aws_db_instance" "handed" {
  password = var.password # expect: SEC08 note "manage_master_user_password"
}

resource "aws_rds_cluster" "fetched" {
  master_password = data.aws_secretsmanager_secret_version.db.secret_string # expect: SEC08 note
}

resource "aws_secretsmanager_secret_version" "document" {
  secret_id     = "db"
  secret_string = jsonencode({ user = "app", password = random_password.db.result }) # expect: SEC08 warning "secret_string_wo"
}

resource "aws_ssm_parameter" "clear" {
  name  = "/db/password"
  type  = "String"
  value = var.password # expect: SEC08 note "keeps a secret in clear"
}

# Right as they are.
resource "aws_db_instance" "managed" {
  manage_master_user_password = true
}

resource "aws_db_instance" "written" {
  password_wo         = var.brief
  password_wo_version = 1
}

resource "aws_ssm_parameter" "host" {
  name  = "/db/host"
  type  = "String"
  value = "db.internal"
}

# Nothing could keep it by itself.
resource "aws_directory_service_directory" "main" {
  password = var.password
}
