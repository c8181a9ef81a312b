variable "orders_password" {
  type    = string
  default = "correct-horse-demo"
}
