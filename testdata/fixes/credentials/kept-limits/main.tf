variable "password" {
  type      = string
  sensitive = true
}

resource "aws_db_instance" "source" {
  engine   = "postgres"
  password = var.password
}

resource "aws_db_instance" "replica" {
  replicate_source_db = aws_db_instance.source.identifier
}

resource "aws_db_instance" "named" {
  identifier = "named"
  engine     = "mysql"
  password   = var.password
}

resource "aws_db_instance" "replica_of_named" {
  replicate_source_db = "arn:aws:rds:eu-central-1:123456789012:db:named"
}

# SQL Server's may have replicas.
resource "aws_db_instance" "sql_server" {
  engine   = "sqlserver-ee"
  password = var.password
}

resource "aws_db_instance" "replica_of_sql_server" {
  replicate_source_db = aws_db_instance.sql_server.arn
}

resource "aws_db_instance" "blue_green" {
  engine   = "mysql"
  password = var.password

  blue_green_update {
    enabled = true
  }
}

resource "aws_db_instance" "no_blue_green" {
  engine   = "mysql"
  password = var.password

  blue_green_update {
    enabled = false
  }
}

resource "aws_db_instance" "custom" {
  engine   = "custom-oracle-ee"
  password = var.password
}

resource "aws_rds_cluster" "primary" {
  engine          = "aurora-mysql"
  master_password = var.password
}

resource "aws_rds_global_cluster" "world" {
  global_cluster_identifier    = "world"
  source_db_cluster_identifier = aws_rds_cluster.primary.arn
}

resource "aws_rds_cluster" "serverless" {
  engine_mode     = "serverless"
  master_password = var.password
}
