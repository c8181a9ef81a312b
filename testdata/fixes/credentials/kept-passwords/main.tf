variable "password" {
  type      = string
  sensitive = true
}

resource "random_password" "db" {
  length  = 32
  special = false
}

resource "random_password" "read" {
  length = 32
}

resource "random_password" "rotated" {
  length  = 32
  keepers = { month = "11" }
}

data "aws_secretsmanager_secret_version" "db" {
  secret_id = "db"
}

resource "aws_db_instance" "generated" {
  engine   = "postgres"
  username = "app"
  # made by Terraform
  password            = random_password.db.result # for now
  skip_final_snapshot = true
}

resource "aws_db_instance" "handed" {
  password = var.password
}

resource "aws_db_instance" "one_line" { password = var.password }

resource "aws_rds_cluster" "fetched" {
  engine          = "aurora-postgresql"
  master_username = "app"
  master_password = data.aws_secretsmanager_secret_version.db.secret_string

  skip_final_snapshot = true
}

resource "aws_rds_cluster" "global" {
  global_cluster_identifier = "world"
  master_password           = var.password
}

resource "aws_db_instance" "replica" {
  replicate_source_db = "main"
  password            = var.password
}

resource "aws_db_instance" "off" {
  manage_master_user_password = false
  password                    = var.password
}

resource "aws_db_instance" "read" {
  password = random_password.read.result
}

output "url" {
  value     = "postgres://app:${aws_db_instance.read.password}@db"
  sensitive = true
}

resource "aws_redshift_cluster" "rotated" {
  cluster_identifier = "rotated"
  node_type          = "ra3.large"
  master_password    = random_password.rotated.result
}

resource "aws_redshiftserverless_namespace" "ignored" {
  namespace_name      = "ignored"
  admin_user_password = var.password

  lifecycle {
    ignore_changes = [admin_user_password]
  }
}

variable "snapshot" {
  type    = string
  default = null
}

variable "managed" {
  type    = bool
  default = false
}

locals {
  made = random_password.local.result
}

resource "random_password" "local" {
  length = 32
}

resource "aws_redshift_cluster" "restored" {
  cluster_identifier  = "restored"
  node_type           = "ra3.large"
  snapshot_identifier = var.snapshot
  master_password     = var.snapshot != null ? null : local.made
}

resource "aws_rds_cluster" "decided" {
  engine                      = "aurora-postgresql"
  manage_master_user_password = var.managed ? true : null
  master_password             = var.managed ? null : var.password
}
