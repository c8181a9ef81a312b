variable "credentials" {
  type = object({ user = string, password = string })
}

module "inner" {
  source   = "./inner"
  password = var.credentials["password"]
}
