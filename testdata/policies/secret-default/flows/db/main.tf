variable "password" {
  default = "default-of-module" # expect: SEC04
}

resource "aws_db_instance" "this" {
  password = var.password
}
