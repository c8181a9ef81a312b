module "db" {
  source   = "./db"
  password = var.password
}

module "elsewhere" {
  source  = "terraform-aws-modules/rds/aws"
  version = "6.0.0"

  password = var.other_password
}

resource "aws_db_instance" "other" {
  password = var.other_password
}

variable "password" {
  type = string
}

variable "other_password" {
  type = string
}

output "connection" {
  value = module.db.connection
}
