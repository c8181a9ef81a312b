variable "a" { default = "a-default" }
variable "b" { default = "b-default" }
variable "c" { default = "c-default" }
variable "d" { default = "d-default" }
variable "e" { default = "e-default" }
variable "typed" {
  type    = list(string)
  default = []
}
variable "over" {
  type    = string
  default = "base"
}
variable "from_json" {}
variable "nulled" {
  default  = "kept"
  nullable = false
}
variable "nulled2" {
  default = "lost"
}

locals {
  base = "base"
  kept = "kept"
  r = [
    try(jsonencode(var.a), "!ERR"),
    try(jsonencode(var.b), "!ERR"),
    try(jsonencode(var.c), "!ERR"),
    try(jsonencode(var.d), "!ERR"),
    try(jsonencode(var.e), "!ERR"),
    try(jsonencode(var.typed), "!ERR"),
    try(jsonencode(var.over), "!ERR"),
    try(jsonencode(var.from_json), "!ERR"),
    try(jsonencode(var.nulled), "!ERR"),
    try(jsonencode(var.nulled2), "!ERR"),
    try(jsonencode(local.base), "!ERR"),
    try(jsonencode(local.kept), "!ERR"),
    try(jsonencode(local.j), "!ERR"),
    try(jsonencode(local.k), "!ERR"),
    try(jsonencode(local.obj), "!ERR"),
    try(jsonencode(local.escaped), "!ERR"),
    try(jsonencode(var.j), "!ERR"),
    try(jsonencode(var.jt), "!ERR"),
    try(jsonencode(local.keyed), "!ERR"),
    try(jsonencode(local.cond), "!ERR"),
    try(jsonencode(local.nums), "!ERR"),
    try(jsonencode(module.m.v), "!ERR"),
    try(jsonencode(module.m.w), "!ERR"),
  ]
}

module "m" {
  source = "./m"
  v      = "base"
  w      = "base-w"
}
