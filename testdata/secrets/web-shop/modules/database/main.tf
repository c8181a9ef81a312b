variable "name" {
  type = string
}

variable "username" {
  type = string
}

variable "password" {
  type = string
}

variable "replica_secret" {
  type = string
}

resource "aws_db_instance" "main" {
  identifier          = var.name
  engine              = "postgres"
  username            = var.username
  password            = var.password
  ca_cert_identifier  = "⟦- name/certificate|rds-ca-rsa2048-g1⟧"
  monitoring_role_arn = "⟦- arn/role|arn:aws:iam::75393¦20383¦91:role/rds-monitoring⟧"
  performance_insights_kms_key_id = "⟦- arn/kms|arn:aws:kms:eu-west-1:52989¦90559¦63:key/c¦775ba¦5f-c6a7-43f5-a689-9e6b0¦6fbcf¦0f⟧"
}

resource "aws_rds_cluster" "replica" {
  cluster_identifier = "${var.name}-replica"
  master_username    = "⟦- name/user|root⟧"
  master_password    = var.replica_secret
  global_cluster_identifier = "⟦- id/cluster|shop-global-3f7a1b⟧"
}

output "endpoint" {
  value = aws_db_instance.main.endpoint
}
