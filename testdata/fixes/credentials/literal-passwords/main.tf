resource "aws_db_instance" "here" {
  engine   = "postgres"
  password = "changeme-please"
  username = "app"
}

variable "password" {
  type    = string
  default = "changeme-please-2"
}

resource "aws_db_instance" "default" {
  password = var.password
}

variable "twice" {
  type    = string
  default = "changeme-please-3"
}

resource "aws_db_instance" "twice" {
  password = var.twice
}

resource "aws_rds_cluster" "twice" {
  master_password = var.twice
}

locals {
  name     = "app"
  password = "changeme-please-4"
}

resource "aws_docdb_cluster" "local" {
  cluster_identifier = local.name
  master_password    = local.password
}

resource "aws_db_instance" "write_only" {
  password_wo         = "changeme-please-5"
  password_wo_version = 1
}
