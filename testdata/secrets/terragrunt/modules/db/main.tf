variable "name" {}
variable "secret_name" {}
variable "password_policy" {}
variable "kms_key_id" {}

variable "master_password" {
  type      = string
  sensitive = true
}

resource "aws_rds_cluster" "db" {
  cluster_identifier = var.name
  master_username    = "⟦- name/user|orders⟧"
  master_password    = var.master_password
  kms_key_id         = var.kms_key_id
}
