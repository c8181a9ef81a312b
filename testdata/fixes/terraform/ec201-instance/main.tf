provider "aws" {
  alias = "west"
}

resource "aws_instance" "web" {
  count = 2

  ami           = "ami-1"
  instance_type = "t3.micro"

  root_block_device {
    encrypted = true
  }
}

resource "aws_instance" "alias" {
  provider = aws.west
  ami      = "ami-1"
}

resource "aws_instance" "empty" {
  ami                  = "ami-1"
  iam_instance_profile = ""
}

resource "aws_instance" "taken-name" { ami = "ami-1" }

resource "aws_spot_instance_request" "empty" {
  ami = "ami-1"
}

variable "profile" {
  default = ""
}

resource "aws_instance" "decided" {
  ami                  = "ami-1"
  iam_instance_profile = var.profile
}
