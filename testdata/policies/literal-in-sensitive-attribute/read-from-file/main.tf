# A password that is read from a file stands there, once, whatever it passes through.

locals {
  settings = yamldecode(file("${path.module}/settings.yaml"))
}

resource "aws_db_instance" "read" {
  engine   = "mysql"
  username = local.settings.database.user
  password = local.settings.database.password
}
