# A secret that may be left out is handed in as any other: in a text that is known, and in one that is not.
variable "a_password" { # expect: SEC07 warning
  default = ""
}

variable "b_password" { # expect: SEC07 warning
  default = ""
}

variable "region" {
  default = ""
}

variable "host" {}

resource "aws_lightsail_instance" "a" {
  user_data = "export A_PASSWORD=${var.a_password}\nexport HOST=${var.host} ${var.region}\n"
}

resource "aws_lightsail_instance" "b" {
  user_data = "export B_PASSWORD=${var.b_password}\n"
}
