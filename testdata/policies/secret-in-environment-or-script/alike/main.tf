# A user, a database and a password of one text: the password is told where it stands.
variable "db_username" {
  default = "petrel-sleet"
}

variable "db_password" {
  default = "petrel-sleet" # expect: SEC05
}

variable "host" {}

resource "aws_lightsail_instance" "a" {
  user_data = "user=${var.db_username} host=${var.host}\npassword=${var.db_password}\n"
}

# What there was up to Terraform 0.11 for lists and maps.
resource "aws_lambda_function" "old" {
  function_name = "old"
  environment {
    variables = "${merge(map("DB_PASSWORD", "petrel-sleet-2"), map("MODE", "y"))}" # expect: SEC05
  }
}

resource "aws_lightsail_instance" "old" {
  user_data = "${join("\n", list("#!/bin/sh", "export DB_PASSWORD=petrel-sleet-3"))}" # expect: SEC05
}
