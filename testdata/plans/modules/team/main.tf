variable "name" {
  type = string
}

variable "tokens" {
  type = string
}

variable "password" {
  type      = string
  sensitive = true
}

module "host" {
  source   = "./host"
  for_each = toset(["a", "b"])

  name   = "${var.name}-${each.key}"
  tokens = var.tokens
}

resource "aws_db_instance" "this" {
  identifier     = var.name
  instance_class = "db.t3.micro"
  password       = var.password
}

output "hosts" {
  value = { for key, host in module.host : key => host.id }
}
