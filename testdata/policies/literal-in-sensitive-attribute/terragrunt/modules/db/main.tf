variable "master" {
  type      = string
  sensitive = true
}

variable "tokens" {
  type    = string
  default = "optional"
}

variable "suffix" {
  type    = string
  default = "Default-Horse-1"
}

resource "aws_db_instance" "this" {
  instance_class = "db.t3.micro"
  password       = var.master
}

resource "aws_db_instance" "other" {
  instance_class = "db.t3.micro"
  password       = var.suffix
}

resource "aws_instance" "this" {
  ami                  = "ami-12345678"
  instance_type        = "t3.micro"
  iam_instance_profile = "web"

  metadata_options {
    http_tokens = var.tokens # expect: IMDS01?
  }
}
