variable "v" {
  default = "dv"
}
output "v" {
  value = var.v
}
