variable "password" {
  default = "flows-into-module" # expect: SEC01 "module.db.aws_db_instance.this"
}

module "db" {
  source   = "./db"
  password = var.password
}
