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

# Of a document what only describes its secret is no secret.
variable "user" {
  type = string
}

resource "random_string" "user" {
  length = 8
}

resource "aws_secretsmanager_secret_version" "described" {
  secret_id     = "described"
  secret_string = jsonencode({ username = var.user, id = random_string.user.result })
}

resource "aws_secretsmanager_secret_version" "beside" {
  secret_id     = "beside"
  secret_string = jsonencode({ username = random_string.user.result, password = var.password }) # expect: SEC08 note "secret_string_wo"
}

resource "aws_secretsmanager_secret_version" "unnamed" {
  secret_id     = "unnamed"
  secret_string = jsonencode({ username = var.user, value = random_password.db.result }) # expect: SEC08 warning
}

# By habit much that is no secret is kept encrypted.
data "aws_secretsmanager_secret_version" "accounts" {
  secret_id = "accounts"
}

resource "aws_ssm_parameter" "account_ids" {
  name  = "account_ids"
  type  = "SecureString"
  value = jsonencode(jsondecode(data.aws_secretsmanager_secret_version.accounts.secret_string)["ids"])
}

resource "aws_ssm_parameter" "license" {
  name  = "/app/license"
  type  = "SecureString"
  value = data.aws_secretsmanager_secret_version.accounts.secret_string # expect: SEC08 note "value_wo"
}

# The secret's ARN rather than the role that reads it.
resource "aws_dms_endpoint" "source" {
  endpoint_id   = "source"
  endpoint_type = "source"
  engine_name   = "oracle"
  password      = var.password # expect: SEC08 note "`secrets_manager_arn`"
}
