# What the expressions of this folder refer to. `local.u` is unknown until an apply; it needs no provider but the built-in one.

resource "terraform_data" "x" {
  input = "a"
}

variable "secret" {
  default   = "hidden"
  sensitive = true
}

variable "passing" {
  default   = "brief"
  ephemeral = true
}

variable "strings" {
  type    = list(string)
  default = ["b", "a", "b"]
}

variable "numbers" {
  type    = list(number)
  default = [3, 1, 2]
}

variable "set" {
  type    = set(string)
  default = ["b", "a", "b"]
}

variable "map" {
  type    = map(string)
  default = { b = "2", a = "1" }
}

variable "counts" {
  type    = map(number)
  default = { b = 2, a = 1 }
}

variable "object" {
  type    = object({ a = number, b = optional(string, "d"), c = optional(bool) })
  default = { a = "1" }
}

variable "objects" {
  type    = list(object({ name = string, tags = optional(map(string), {}) }))
  default = [{ name = "one" }, { name = "two", tags = { k = "v" } }]
}

variable "tuple" {
  type    = tuple([string, number])
  default = [1, "2"]
}

variable "any" {
  type    = any
  default = { list = [1, 2], text = "t", flag = true, none = null }
}

variable "empty" {
  type    = list(string)
  default = []
}

variable "none" {
  type    = string
  default = null
}

locals {
  u       = terraform_data.x.output
  text    = "${terraform_data.x.output}-end"
  number  = tonumber(terraform_data.x.output)
  flag    = tobool(terraform_data.x.output)
  partly  = [terraform_data.x.output, "known"]
  opened  = { a = terraform_data.x.output, b = "known" }
  hidden  = [var.secret, "open"]
  masked  = { a = var.secret, b = "open" }
  users   = { ann = { age = 30, roles = ["x", "y"] }, bob = { age = 25, roles = [] } }
  rows    = [{ id = "i-1", n = 1 }, { id = "i-2", n = 2 }]
  deep    = { a = { b = { c = [{ d = "e" }] } } }
  sets    = toset(["z", "y", "z"])
  nested  = [[1, 2], [3], []]
  unicode = "Grüße, 世界 👩‍👩‍👧 é"
}
