variable "password" {
  type      = string
  sensitive = true
}

terraform {
  required_version = ">= 1.11"
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 4.0"
    }
  }
}

resource "aws_db_instance" "db" {
  password = var.password
}
