module "db" {
  source   = "./db"
  password = var.password
}

module "loop" {
  source    = "./loop"
  passwords = var.passwords
}

variable "password" {
  type      = string
  sensitive = true
}

variable "passwords" {
  type      = set(string)
  sensitive = true
}

output "db_password" {
  value = module.db.password
}

output "db_name" {
  value = module.db.name
}

output "db_password_length" {
  value     = length(module.db.password)
  sensitive = true
}

output "everything" {
  value = module.db
}

resource "aws_ssm_parameter" "each" {
  for_each = module.loop.passwords

  name  = each.key
  type  = "SecureString"
  value = "x"
}
