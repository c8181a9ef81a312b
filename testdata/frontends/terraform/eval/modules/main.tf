variable "set" {
  default = ["q", "p"]
}
locals {
  by_name = { one = 1, two = 2 }
}
module "plain" {
  source = "./child"
  name   = "p"
}
module "sized" {
  source = "./child"
  name   = 7
  size   = "3"
  tags   = { x = 1 }
  strict = null
  loose  = null
  cfg    = { n = "5", extra = true }
}
module "counted" {
  source = "./other"
  count  = 2
  v      = "c${count.index}"
}
module "none" {
  source = "./other"
  count  = 0
}
module "each" {
  source   = "./child"
  for_each = local.by_name
  name     = each.key
  size     = each.value
}
module "set" {
  source   = "./other"
  for_each = toset(var.set)
  v        = "${each.key}${each.value}"
}
module "chained" {
  source = "./other"
  v      = module.sized.leaves
}
module "over" {
  source   = "./other"
  for_each = module.each
  v        = each.value.full
}

locals {
  r = [
    try(jsonencode(module.plain.full), "!ERR"),
    try(jsonencode(module.plain.leaves), "!ERR"),
    try(jsonencode(module.plain.first), "!ERR"),
    try(jsonencode(module.plain.tags), "!ERR"),
    try(jsonencode(module.plain.strict), "!ERR"),
    try(jsonencode(module.plain.loose), "!ERR"),
    try(jsonencode(module.plain.cfg), "!ERR"),
    try(jsonencode(module.plain.where), "!ERR"),
    try(jsonencode(module.plain.text), "!ERR"),
    try(jsonencode(module.plain), "!ERR"),
    try(jsonencode(module.sized.full), "!ERR"),
    try(jsonencode(module.sized.leaves), "!ERR"),
    try(jsonencode(module.sized.tags), "!ERR"),
    try(jsonencode(module.sized.strict), "!ERR"),
    try(jsonencode(module.sized.loose), "!ERR"),
    try(jsonencode(module.sized.cfg), "!ERR"),
    try(jsonencode(module.sized), "!ERR"),
    try(jsonencode(module.counted), "!ERR"),
    try(jsonencode(module.counted[0].v), "!ERR"),
    try(jsonencode(module.counted[1].v), "!ERR"),
    try(jsonencode(module.counted[2].v), "!ERR"),
    try(jsonencode(module.counted[*].v), "!ERR"),
    try(jsonencode(module.counted.*.v), "!ERR"),
    try(jsonencode(length(module.counted)), "!ERR"),
    try(jsonencode(module.none), "!ERR"),
    try(jsonencode(module.none[*].v), "!ERR"),
    try(jsonencode(one(module.none[*].v)), "!ERR"),
    try(jsonencode(try(module.none[0].v, "absent")), "!ERR"),
    try(jsonencode(can(module.none[0].v)), "!ERR"),
    try(jsonencode(length(module.none) > 0 ? module.none[0].v : "fallback"), "!ERR"),
    try(jsonencode(module.each["one"].full), "!ERR"),
    try(jsonencode(module.each["two"].leaves), "!ERR"),
    try(jsonencode(module.each.one.full), "!ERR"),
    try(jsonencode(module.each["three"]), "!ERR"),
    try(jsonencode(try(module.each["three"].full, "no such")), "!ERR"),
    try(jsonencode({ for k, m in module.each : k => m.full }), "!ERR"),
    try(jsonencode([for m in module.each : m.first]), "!ERR"),
    try(jsonencode(values(module.each)[*].full), "!ERR"),
    try(jsonencode(keys(module.each)), "!ERR"),
    try(jsonencode([for k, m in module.each : m.where[0]]), "!ERR"),
    try(jsonencode(module.set), "!ERR"),
    try(jsonencode(module.set["q"].v), "!ERR"),
    try(jsonencode({ for k, m in module.set : k => m.v }), "!ERR"),
    try(jsonencode(module.chained.v), "!ERR"),
    try(jsonencode(module.over), "!ERR"),
    try(jsonencode([for m in module.over : m.v]), "!ERR"),
    try(jsonencode(merge([for m in module.each : m.tags]...)), "!ERR"),
    try(jsonencode(flatten([for m in module.each : m.leaves])), "!ERR"),
    try(jsonencode(element(module.counted[*].v, 3)), "!ERR"),
    try(jsonencode(lookup(module.each, "one").full), "!ERR"),
    try(jsonencode(contains(keys(module.each), "one")), "!ERR"),
    try(jsonencode(module.each == module.each), "!ERR"),
    try(jsonencode(jsonencode(module.counted)), "!ERR"),
    try(jsonencode(coalesce(one(module.none[*].v), "dflt")), "!ERR"),
    try(jsonencode(module.plain["full"]), "!ERR"),
    try(jsonencode(module.counted["0"].v), "!ERR"),
  ]
}
