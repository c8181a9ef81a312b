variable "over" { default = 12 }
locals { base = "overridden" }
module "m" {
  source = "./m"
  v      = "overridden"
}
