variable "handed" { # expect: SEC07 warning "module.db.aws_db_instance.this"
  type = string
}

variable "wrapped" {
  type = string
}

variable "marked" {
  type      = string
  sensitive = true
}

# The mark of a module hides nothing of what the root does with it.
module "db" {
  source   = "../db"
  password = var.handed
}

module "wrapped" {
  source   = "../db"
  password = sensitive(var.wrapped)
}

module "marked" {
  source   = "../db"
  password = var.marked
}
