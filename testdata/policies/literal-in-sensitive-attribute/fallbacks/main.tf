variable "password" { # expect: SEC07 warning
  type    = string
  default = null
}

variable "given" { # expect: SEC07 warning
  type = string
}

resource "aws_db_instance" "null_falls_back" {
  password = var.password != null ? var.password : "nullfallback1" # expect: SEC01
}

resource "aws_db_instance" "never_falls_back" {
  password = var.password == null ? var.given : "unreachable-here"
}

resource "aws_db_instance" "looked_up" {
  password = lookup({ dev = "devpassword1" }, "dev", var.given) # expect: SEC01
}

resource "aws_db_instance" "joined" {
  password = join("-", ["fixed", "words"]) # expect: SEC01
}

resource "aws_db_instance" "formatted" {
  password = format("%s", var.given)
}
