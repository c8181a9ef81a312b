variable "name" {
  type = string
}
variable "size" {
  type    = number
  default = 1
}
variable "tags" {
  type    = map(string)
  default = { d = "default" }
}
variable "strict" {
  type     = list(string)
  default  = ["s"]
  nullable = false
}
variable "loose" {
  type    = string
  default = "loose-default"
}
variable "cfg" {
  type    = object({ a = optional(string, "A"), n = optional(number) })
  default = {}
}
locals {
  full = "${var.name}-${var.size}"
}
module "leaf" {
  source = "./leaf"
  count  = var.size
  index  = count.index
  name   = local.full
}
output "full" {
  value = local.full
}
output "leaves" {
  value = module.leaf[*].label
}
output "first" {
  value = try(module.leaf[0].label, "none")
}
output "tags" {
  value = merge(var.tags, { Name = var.name })
}
output "strict" {
  value = var.strict
}
output "loose" {
  value = var.loose
}
output "cfg" {
  value = var.cfg
}
output "where" {
  value = [path.module, path.root]
}
output "text" {
  value = file("${path.module}/t.txt")
}
