variable "passwords" {
  type      = set(string)
  sensitive = true
}

output "passwords" {
  value = nonsensitive(var.passwords)
}
