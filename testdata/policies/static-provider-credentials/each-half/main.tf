provider "aws" {
  alias      = "joined"
  secret_key = "${var.head}tail-of-a-secret" # expect: KEY03 warning
}

variable "head" {
  type = string
}
