variable "url" {
  type = string
}

output "url" {
  value = var.url
}

output "name" {
  value = "consumer"
}
