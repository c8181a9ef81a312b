variable "password" {
  type = string
}

resource "aws_db_instance" "this" {
  instance_class = "db.t3.micro"
  password       = var.password
}
