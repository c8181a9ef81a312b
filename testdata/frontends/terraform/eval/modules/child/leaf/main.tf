variable "index" {}
variable "name" {}
output "label" {
  value = "${var.name}.${var.index}"
}
output "where" {
  value = path.module
}
