variable "s" {
  type    = string
  default = 5
}
variable "n" {
  type    = number
  default = "42"
}
variable "b" {
  type    = bool
  default = "true"
}
variable "ls" {
  type    = list(string)
  default = [1, true, "x"]
}
variable "ln" {
  type    = list(number)
  default = ["1", 2]
}
variable "st" {
  type    = set(string)
  default = ["b", "a", "b"]
}
variable "sn" {
  type    = set(number)
  default = ["10", 9, "10"]
}
variable "ms" {
  type    = map(string)
  default = { a = 1, b = true }
}
variable "mn" {
  type    = map(number)
  default = { a = "1" }
}
variable "tup" {
  type    = tuple([string, number, bool])
  default = [1, "2", "false"]
}
variable "ob" {
  type    = object({ a = string, b = number })
  default = { a = 1, b = "2", extra = "dropped" }
}
variable "opt" {
  type = object({
    name   = string
    size   = optional(number, 3)
    tags   = optional(map(string), {})
    note   = optional(string)
    nested = optional(object({
      on  = optional(bool, true)
      who = optional(string, "me")
    }), {})
  })
  default = { name = "x" }
}
variable "opt2" {
  type = object({
    name   = string
    size   = optional(number, "7")
    nested = optional(object({ on = optional(bool, true) }))
  })
  default = { name = "x", size = null, nested = { on = null } }
}
variable "mo" {
  type    = map(object({ a = optional(string, "dflt"), b = optional(list(string), ["z"]) }))
  default = { k1 = {}, k2 = { a = 7, b = [1] } }
}
variable "lo" {
  type    = list(object({ a = string, b = optional(number) }))
  default = [{ a = 1 }, { a = "x", b = "2" }]
}
variable "so" {
  type    = set(object({ a = string }))
  default = [{ a = "2" }, { a = "1" }, { a = 2 }]
}
variable "any" {
  type    = any
  default = { a = [1, "x"], b = null }
}
variable "untyped" {
  default = [1, "x", true]
}
variable "lany" {
  type    = list(any)
  default = [1, "x"]
}
variable "many" {
  type    = map(any)
  default = { a = 1, b = "x" }
}
variable "bare_list" {
  type    = list
  default = [1, "2"]
}
variable "bare_map" {
  type    = map
  default = { a = 1, b = "2" }
}
variable "nul" {
  type    = string
  default = null
}
variable "nonnull" {
  type     = string
  default  = "dflt"
  nullable = false
}
variable "ll" {
  type    = list(list(string))
  default = [[1], [true, "x"], []]
}
variable "mapobj" {
  type    = object({ a = string })
  default = { a = "x" }
}
variable "listset" {
  type    = list(set(string))
  default = [["b", "a", "a"]]
}
variable "setnull" {
  type    = list(string)
  default = null
}
variable "lnull" {
  type    = list(string)
  default = ["a", null]
}
variable "deep" {
  type = list(object({
    rules = optional(list(object({
      port = number
      cidr = optional(string, "0.0.0.0/0")
    })), [{ port = 22 }])
  }))
  default = [{}, { rules = [{ port = "80" }] }, { rules = null }]
}
variable "optany" {
  type    = object({ x = optional(any, "d"), y = optional(any) })
  default = { y = [1] }
}

locals {
  r = [
    try(jsonencode(var.s), "!ERR"),
    try(jsonencode(var.n), "!ERR"),
    try(jsonencode(var.b), "!ERR"),
    try(jsonencode(var.ls), "!ERR"),
    try(jsonencode(var.ln), "!ERR"),
    try(jsonencode(var.st), "!ERR"),
    try(jsonencode(var.sn), "!ERR"),
    try(jsonencode(var.ms), "!ERR"),
    try(jsonencode(var.mn), "!ERR"),
    try(jsonencode(var.tup), "!ERR"),
    try(jsonencode(var.ob), "!ERR"),
    try(jsonencode(var.opt), "!ERR"),
    try(jsonencode(var.opt2), "!ERR"),
    try(jsonencode(var.mo), "!ERR"),
    try(jsonencode(var.lo), "!ERR"),
    try(jsonencode(var.so), "!ERR"),
    try(jsonencode(var.any), "!ERR"),
    try(jsonencode(var.untyped), "!ERR"),
    try(jsonencode(var.lany), "!ERR"),
    try(jsonencode(var.many), "!ERR"),
    try(jsonencode(var.bare_list), "!ERR"),
    try(jsonencode(var.bare_map), "!ERR"),
    try(jsonencode(var.nul), "!ERR"),
    try(jsonencode(var.nonnull), "!ERR"),
    try(jsonencode(var.ll), "!ERR"),
    try(jsonencode(var.mapobj), "!ERR"),
    try(jsonencode(var.listset), "!ERR"),
    try(jsonencode(var.setnull), "!ERR"),
    try(jsonencode(var.lnull), "!ERR"),
    try(jsonencode(var.deep), "!ERR"),
    try(jsonencode(var.optany), "!ERR"),
    try(jsonencode(var.opt.nested.on), "!ERR"),
    try(jsonencode(var.opt.missing), "!ERR"),
    try(jsonencode(try(var.opt.missing, "d")), "!ERR"),
    try(jsonencode(var.ob.extra), "!ERR"),
    try(jsonencode(try(var.ob.extra, "gone")), "!ERR"),
    try(jsonencode(var.s == "5"), "!ERR"),
    try(jsonencode(var.n == 42), "!ERR"),
    try(jsonencode(var.n + 1), "!ERR"),
    try(jsonencode(var.b ? "t" : "f"), "!ERR"),
    try(jsonencode(var.ls[0] == "1"), "!ERR"),
    try(jsonencode(var.st == toset(["a", "b"])), "!ERR"),
    try(jsonencode(contains(var.st, "a")), "!ERR"),
    try(jsonencode(contains(var.ls, "1")), "!ERR"),
    try(jsonencode(contains(var.untyped, 1)), "!ERR"),
    try(jsonencode(contains(var.untyped, "1")), "!ERR"),
    try(jsonencode(var.ls == tolist(["1", "true", "x"])), "!ERR"),
    try(jsonencode(var.ms["a"] == "1"), "!ERR"),
    try(jsonencode([for o in var.lo : o.b]), "!ERR"),
    try(jsonencode(coalesce(var.nul, "fallback")), "!ERR"),
    try(jsonencode(var.nul == null), "!ERR"),
    try(jsonencode(var.nul != null ? var.nul : "none"), "!ERR"),
    try(jsonencode(length(var.setnull == null ? [] : var.setnull)), "!ERR"),
    try(jsonencode(var.setnull[*]), "!ERR"),
    try(jsonencode(tostring(5)), "!ERR"),
    try(jsonencode(tostring(true)), "!ERR"),
    try(jsonencode(tostring("a")), "!ERR"),
    try(jsonencode(tostring(null)), "!ERR"),
    try(jsonencode(tostring([])), "!ERR"),
    try(jsonencode(tostring(1.50)), "!ERR"),
    try(jsonencode(tonumber("5")), "!ERR"),
    try(jsonencode(tonumber("5.50")), "!ERR"),
    try(jsonencode(tonumber("x")), "!ERR"),
    try(jsonencode(tonumber(true)), "!ERR"),
    try(jsonencode(tonumber(null)), "!ERR"),
    try(jsonencode(tonumber("")), "!ERR"),
    try(jsonencode(tobool("true")), "!ERR"),
    try(jsonencode(tobool("1")), "!ERR"),
    try(jsonencode(tobool("0")), "!ERR"),
    try(jsonencode(tobool(1)), "!ERR"),
    try(jsonencode(tobool("yes")), "!ERR"),
    try(jsonencode(tobool(null)), "!ERR"),
    try(jsonencode(tolist(["a", 1])), "!ERR"),
    try(jsonencode(tolist([1, true])), "!ERR"),
    try(jsonencode(tolist([1, true, "x"])), "!ERR"),
    try(jsonencode(tolist([])), "!ERR"),
    try(jsonencode(tolist({})), "!ERR"),
    try(jsonencode(tolist("a")), "!ERR"),
    try(jsonencode(tolist(toset(["b", "a"]))), "!ERR"),
    try(jsonencode(tolist(null)), "!ERR"),
    try(jsonencode(toset(["b", "a", "b"])), "!ERR"),
    try(jsonencode(toset([1, "1"])), "!ERR"),
    try(jsonencode(toset([1, 1.0])), "!ERR"),
    try(jsonencode(toset([])), "!ERR"),
    try(jsonencode(toset({})), "!ERR"),
    try(jsonencode(toset([[1], [1]])), "!ERR"),
    try(jsonencode(toset([{ a = 1 }, { a = 1 }])), "!ERR"),
    try(jsonencode(toset(null)), "!ERR"),
    try(jsonencode(toset([null, "a", null])), "!ERR"),
    try(jsonencode(tomap({ a = 1, b = "x" })), "!ERR"),
    try(jsonencode(tomap({ a = 1, b = true })), "!ERR"),
    try(jsonencode(tomap({ a = [1], b = ["x"] })), "!ERR"),
    try(jsonencode(tomap({ a = [1], b = 1 })), "!ERR"),
    try(jsonencode(tomap({ a = { b = 1 }, c = { d = "x" } })), "!ERR"),
    try(jsonencode(tomap([])), "!ERR"),
    try(jsonencode(tomap({})), "!ERR"),
    try(jsonencode(tolist([[1], ["a"]])), "!ERR"),
    try(jsonencode(tolist([[1, 2], ["a"]])), "!ERR"),
    try(jsonencode(tolist([{ a = 1 }, { a = "x" }])), "!ERR"),
    try(jsonencode(tolist([{ a = 1 }, { b = "x" }])), "!ERR"),
    try(jsonencode(tolist([{ a = 1 }, { b = [] }])), "!ERR"),
    try(jsonencode(tolist([null, 1])), "!ERR"),
    try(jsonencode(tolist([1, [2]])), "!ERR"),
    try(jsonencode(tolist([1, {}])), "!ERR"),
    try(jsonencode({ a = 1, a = 2 }), "!ERR"),
    try(jsonencode({ "a" = 1, b : 2 }), "!ERR"),
    try(jsonencode({ (var.s) = "computed" }), "!ERR"),
    try(jsonencode({ (var.s == "5" ? "yes" : "no") = 1 }), "!ERR"),
    try(jsonencode({ "${var.s}-x" = 1 }), "!ERR"),
    try(jsonencode({ 1 = "n" }), "!ERR"),
    try(jsonencode({ 1.5 = "n" }), "!ERR"),
    try(jsonencode({ true = "n" }), "!ERR"),
    try(jsonencode({ null = "n" }), "!ERR"),
    try(jsonencode({ (true) = 1 }), "!ERR"),
    try(jsonencode({ (1 + 1) = 1 }), "!ERR"),
    try(jsonencode({ a = 1, b = { c = 2 } }.b.c), "!ERR"),
    try(jsonencode({ if = 1, in = 2 }), "!ERR"),
    try(jsonencode([1, 2, 3, ]), "!ERR"),
    try(jsonencode({ a = 1, }), "!ERR"),
    try(jsonencode([]), "!ERR"),
    try(jsonencode({}), "!ERR"),
    try(jsonencode({ "" = 1 }), "!ERR"),
    try(jsonencode({ é = 1 }), "!ERR"),
    try(jsonencode({ a-b = 1 }), "!ERR"),
    try(jsonencode({ "a.b" = 1 }), "!ERR"),
    try(jsonencode(type(5)), "!ERR"),
    try(jsonencode(coalesce("", "b")), "!ERR"),
    try(jsonencode(coalesce(null, null)), "!ERR"),
    try(jsonencode(coalesce(1, "a")), "!ERR"),
    try(jsonencode(coalesce([], ["a"])), "!ERR"),
    try(jsonencode(coalesce(null, [])), "!ERR"),
    try(jsonencode(coalesce(var.nul, var.nul, "x")), "!ERR"),
    try(jsonencode(coalescelist([], ["a"])), "!ERR"),
    try(jsonencode(compact(["a", "", null, "b"])), "!ERR"),
    try(jsonencode(concat(["a"], [1])), "!ERR"),
    try(jsonencode(concat(tolist(["a"]), [1])), "!ERR"),
    try(jsonencode(concat(tolist(["a"]), tolist([1]))), "!ERR"),
    try(jsonencode(merge({ a = 1 }, { a = "x" }, { b = [1] })), "!ERR"),
    try(jsonencode(merge({ a = 1 }, null)), "!ERR"),
    try(jsonencode(merge(tomap({ a = 1 }), tomap({ b = "x" }))), "!ERR"),
    try(jsonencode(lookup(var.ms, "zzz", 5)), "!ERR"),
    try(jsonencode(lookup(var.mn, "zzz", "5")), "!ERR"),
    try(jsonencode(contains(["1", "2"], 1)), "!ERR"),
    try(jsonencode(contains([1, 2], "1")), "!ERR"),
    try(jsonencode(index(["a", "b"], "b")), "!ERR"),
    try(jsonencode(keys({ b = 1, a = 2 })), "!ERR"),
    try(jsonencode(values({ b = 1, a = 2 })), "!ERR"),
    try(jsonencode(keys(tomap({ b = 1, a = 2 }))), "!ERR"),
    try(jsonencode(element(["a", "b"], 5)), "!ERR"),
    try(jsonencode(slice(["a", "b", "c"], 1, 2)), "!ERR"),
    try(jsonencode(setunion(["b"], ["a"])), "!ERR"),
    try(jsonencode(setsubtract(["a", "b"], ["a"])), "!ERR"),
    try(jsonencode(flatten([["a", ["b"]], "c", []])), "!ERR"),
    try(jsonencode(flatten([{ a = ["b"] }])), "!ERR"),
    try(jsonencode(distinct(["a", "b", "a"])), "!ERR"),
    try(jsonencode(distinct([1, "1"])), "!ERR"),
    try(jsonencode(reverse(["a", "b"])), "!ERR"),
    try(jsonencode(sort(["b", "a", "C"])), "!ERR"),
    try(jsonencode(sort([3, 10])), "!ERR"),
    try(jsonencode(transpose({ a = ["x", "y"], b = ["x"] })), "!ERR"),
    try(jsonencode(zipmap(["a", "b"], [1, 2])), "!ERR"),
    try(jsonencode(setproduct([1, 2], ["a"])), "!ERR"),
    try(jsonencode(format("%d %s %v %q", 1, "a", [1], "x")), "!ERR"),
    try(jsonencode(format("%s", true)), "!ERR"),
    try(jsonencode(format("%d", "5")), "!ERR"),
    try(jsonencode(format("%05.2f|%x|%-5s|%+d", 3.14159, 255, "a", 5)), "!ERR"),
    try(jsonencode(formatlist("%s-%s", ["a", "b"], "x")), "!ERR"),
    try(jsonencode(join(",", [1, 2, true])), "!ERR"),
    try(jsonencode(join(",", toset(["b", "a"]))), "!ERR"),
    try(jsonencode(split(",", "")), "!ERR"),
    try(jsonencode(split(",", "a,b,")), "!ERR"),
    try(jsonencode(replace("aXbX", "X", "-")), "!ERR"),
    try(jsonencode(replace("abc123", "/[0-9]+/", "#")), "!ERR"),
    try(jsonencode(replace("abc", "/(b)/", "<$1>")), "!ERR"),
    try(jsonencode(regex("(\\w+)-(\\d+)", "ab-12")), "!ERR"),
    try(jsonencode(regex("(?P<n>\\w+)", "ab")), "!ERR"),
    try(jsonencode(regexall("[a-z]", "a1b2")), "!ERR"),
    try(jsonencode(substr("hello", 1, 3)), "!ERR"),
    try(jsonencode(substr("hello", -3, -1)), "!ERR"),
    try(jsonencode(title("hello world")), "!ERR"),
    try(jsonencode(trimspace("  a ")), "!ERR"),
    try(jsonencode(trim("xxaxx", "x")), "!ERR"),
    try(jsonencode(trimprefix("abc", "a")), "!ERR"),
    try(jsonencode(chomp("a\n\n")), "!ERR"),
    try(jsonencode(indent(2, "a\nb")), "!ERR"),
    try(jsonencode(lower("ABC")), "!ERR"),
    try(jsonencode(abs(-1.5)), "!ERR"),
    try(jsonencode(ceil(1.1)), "!ERR"),
    try(jsonencode(floor(-1.1)), "!ERR"),
    try(jsonencode(log(16, 2)), "!ERR"),
    try(jsonencode(pow(2, 10)), "!ERR"),
    try(jsonencode(pow(2, 0.5)), "!ERR"),
    try(jsonencode(signum(-3)), "!ERR"),
    try(jsonencode(parseint("-1010", 2)), "!ERR"),
    try(jsonencode(jsonencode({ a = [1, "x", null, true, 1.5] })), "!ERR"),
    try(jsonencode(jsondecode("{\"a\":[1,2.5,null]}")), "!ERR"),
    try(jsonencode(yamlencode({ a = [1, "x"] })), "!ERR"),
    try(jsonencode(yamldecode("a: [1, x]\nb: true")), "!ERR"),
    try(jsonencode(base64encode("héllo")), "!ERR"),
    try(jsonencode(base64decode("aGk=")), "!ERR"),
    try(jsonencode(md5("a")), "!ERR"),
    try(jsonencode(sha256("a")), "!ERR"),
    try(jsonencode(cidrsubnet("10.0.0.0/16", 8, 2)), "!ERR"),
    try(jsonencode(cidrhost("10.0.0.0/24", -1)), "!ERR"),
    try(jsonencode(startswith("abc", "ab")), "!ERR"),
    try(jsonencode(endswith("abc", "c")), "!ERR"),
    try(jsonencode(strcontains("abc", "b")), "!ERR"),
    try(jsonencode(textdecodebase64("aABpAA==", "UTF-16LE")), "!ERR"),
    try(jsonencode(one(toset(["a"]))), "!ERR"),
    try(jsonencode(sum(["1", 2])), "!ERR"),
    try(jsonencode(range(5)), "!ERR"),
    try(jsonencode(range(5, 0, -2)), "!ERR"),
    try(jsonencode(range(0)), "!ERR"),
    try(jsonencode(matchkeys(["a", "b"], ["x", "y"], ["y"])), "!ERR"),
    try(jsonencode(chunklist([1, 2, 3], 2)), "!ERR"),
    try(jsonencode(nonsensitive(sensitive("a"))), "!ERR"),
    try(jsonencode(issensitive(sensitive("a"))), "!ERR"),
    try(jsonencode(issensitive("a")), "!ERR"),
    try(jsonencode(timeadd("2020-01-01T00:00:00Z", "1h")), "!ERR"),
    try(jsonencode(formatdate("YYYY-MM-DD", "2020-01-02T00:00:00Z")), "!ERR"),
    try(jsonencode(length({ a = 1 })), "!ERR"),
    try(jsonencode(length(null)), "!ERR"),
    try(jsonencode(upper(5)), "!ERR"),
    try(jsonencode(upper([])), "!ERR"),
    try(jsonencode(nosuchfunction(1)), "!ERR"),
    try(jsonencode(upper()), "!ERR"),
    try(jsonencode(upper("a", "b")), "!ERR"),
    try(jsonencode(core::upper("a")), "!ERR"),
  ]
}
