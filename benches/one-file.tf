terraform {
  required_version = ">= 1.5"
}

provider "aws" {
  region = "eu-west-1"
}

variable "name" {
  type    = string
  default = "web"
}

resource "aws_security_group" "web" {
  name = "${var.name}-sg"
  ingress {
    from_port   = 443
    to_port     = 443
    protocol    = "tcp"
    cidr_blocks = ["0.0.0.0/0"]
  }
}

resource "aws_instance" "web" {
  ami           = "ami-0abcdef1234567890"
  instance_type = "t3.micro"
  tags = {
    Name = var.name
  }
}

resource "aws_instance" "good" {
  ami                  = "ami-0abcdef1234567890"
  instance_type        = "t3.micro"
  iam_instance_profile = "web"
  metadata_options {
    http_endpoint = "enabled"
    http_tokens   = "required"
  }
}

resource "aws_db_instance" "db" {
  identifier        = "orders"
  engine            = "postgres"
  instance_class    = "db.t4g.micro"
  allocated_storage = 20
  username          = "orders"
  password          = "correct-horse-demo"
}

resource "aws_s3_bucket" "b" {
  bucket = "${var.name}-bucket"
}

output "address" {
  value = aws_instance.good.private_ip
}

data "aws_caller_identity" "current" {}
