resource "aws_db_instance" "literal" {
  password = "changeme" # expect: SEC01
}

resource "aws_db_instance" "number" {
  password = 12345678 # expect: SEC01
}

resource "aws_db_instance" "empty" {
  password = ""
}

resource "aws_db_instance" "null" {
  password = null
}

resource "aws_db_instance" "managed" {
  manage_master_user_password = true
}

resource "aws_db_instance" "variable" {
  password = var.password
}

resource "aws_db_instance" "defaulted" {
  password = var.defaulted
}

resource "aws_db_instance" "random" {
  password = random_password.db.result
}

resource "aws_db_instance" "stored" {
  password = jsondecode(data.aws_secretsmanager_secret_version.db.secret_string)["password"]
}

resource "aws_db_instance" "part" {
  password = "prefix-${random_password.db.result}" # expect: SEC01 warning
}

resource "aws_db_instance" "form_only" {
  password = "${random_password.db.result}-1"
}

resource "aws_db_instance" "write_only" {
  password_wo         = "literal-write-only" # expect: SEC01
  password_wo_version = 1
}

resource "aws_db_instance" "chosen" {
  password = var.prod ? var.password : "devdevdev" # expect: SEC01
}

resource "aws_db_instance" "falls_back" {
  password = coalesce(var.password, "fallback1") # expect: SEC01
}

resource "aws_secretsmanager_secret_version" "json" {
  secret_id     = "db"
  secret_string = jsonencode({ username = "admin", password = "inlined-password" }) # expect: SEC01
}

resource "aws_secretsmanager_secret_version" "json_by_reference" {
  secret_id     = "db"
  secret_string = jsonencode({ username = "admin", password = random_password.db.result })
}

resource "aws_ssm_parameter" "secure" {
  name  = "/db/password"
  type  = "SecureString"
  value = "secure-but-written-here" # expect: SEC01
}

resource "aws_ssm_parameter" "plain" {
  name  = "/app/colour"
  type  = "String"
  value = "blue"
}

resource "random_password" "db" {
  length = 20
}

data "aws_secretsmanager_secret_version" "db" {
  secret_id = "db"
}

variable "password" {
  type      = string
  sensitive = true
}

variable "defaulted" {
  default = "defaultpassword" # expect: SEC01 "aws_db_instance.defaulted"
}

variable "prod" {
  type = bool
}
