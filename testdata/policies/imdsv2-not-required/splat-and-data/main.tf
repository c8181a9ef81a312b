data "aws_ec2_instance_type" "t3" {
  instance_type = "t3.micro"
}

resource "aws_launch_template" "by_arn" { # expect: EC202 warning
  metadata_options {
    http_tokens = "required"
  }
}

ephemeral "aws_secretsmanager_secret_version" "db" {
  secret_id = "db"
}

resource "aws_rds_cluster" "db" {
  master_password_wo = ephemeral.aws_secretsmanager_secret_version.db.secret_string
}
