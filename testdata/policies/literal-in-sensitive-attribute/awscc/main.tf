# Types and attributes of CloudFormation, in the names of Terraform's provider for Cloud Control.

resource "awscc_rds_db_instance" "own" {
  master_username      = "app"
  master_user_password = "Pl4in-text-1" # expect: SEC01 "`master_user_password` of `awscc_rds_db_instance.own`"
}

resource "awscc_rds_db_cluster" "defaulted" {
  master_user_password = var.password
}

variable "password" {
  default = "Pl4in-text-2" # expect: SEC01
}

resource "awscc_rds_db_instance" "managed" {
  manage_master_user_password = true
}

resource "awscc_rds_db_instance" "kept_elsewhere" {
  master_user_password = "{{resolve:secretsmanager:db:SecretString:password}}"
}

resource "awscc_elasticache_replication_group" "own" {
  auth_token = "Pl4in-text-3-of-some-length" # expect: SEC01
}

resource "awscc_secretsmanager_secret" "document" {
  secret_string = jsonencode({ password = "Pl4in-text-4" }) # expect: SEC01
}

resource "awscc_iam_user" "console" {
  login_profile = { password = "Pl4in-text-5" } # expect: SEC01
}

resource "awscc_amazonmq_broker" "several" {
  users = [
    { username = "a", password = "Pl4in-text-6" }, # expect: SEC01
    { username = "b", password = var.broker },
  ]
}

variable "broker" { # expect: SEC07 warning
  type = string
}
