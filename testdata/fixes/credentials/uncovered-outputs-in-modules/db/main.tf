variable "password" {
  type      = string
  sensitive = true
}

output "password" {
  value = nonsensitive(var.password)
}

output "name" {
  value = "db"
}
