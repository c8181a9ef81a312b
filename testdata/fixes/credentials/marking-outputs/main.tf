terraform {
  backend "s3" {}
}

variable "password" {
  type = string
}

variable "admin" {
  type = object({ name = string, password = string })
}

locals {
  url     = "postgres://app:${var.password}@${aws_db_instance.db.address}/app"
  account = { name = "app", password = var.password }
}

resource "aws_db_instance" "db" {
  password = var.password
}

resource "aws_rds_cluster" "db" {
  master_password = var.admin.password
}

module "consumer" {
  source = "./consumer"
  url    = local.url
}

# Shows it.
output "url" {
  value = local.url
}

output "account" {
  description = "Who signs in"
  value       = local.account
}

output "account_password_is_set" { value = var.password != "" }

output "consumer_url" {
  value = module.consumer.url
}

# Shows nothing of it.
output "account_name" {
  value = local.account.name
}

output "address" {
  value = aws_db_instance.db.address
}

output "consumer_name" {
  value = module.consumer.name
}

output "marked" {
  value     = var.password
  sensitive = true
}
