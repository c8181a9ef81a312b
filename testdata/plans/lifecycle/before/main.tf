provider "aws" {
  region = "eu-west-1"
}

resource "aws_instance" "jump" {
  ami                  = "ami-12345678"
  instance_type        = "t3.micro"
  iam_instance_profile = "web"

  metadata_options {
    http_tokens = "optional"
  }
}

resource "aws_iam_access_key" "legacy" {
  user = "legacy"
}

resource "aws_iam_user" "people" {
  for_each = toset(["ann", "dave"])
  name     = each.key
}

resource "aws_iam_access_key" "people" {
  for_each = aws_iam_user.people
  user     = each.value.name
}

resource "aws_db_instance" "main" {
  identifier     = "main"
  instance_class = "db.t3.micro"
  password       = "Former-Horse-0"
}

resource "aws_launch_template" "web" {
  name = "web"

  iam_instance_profile {
    name = "web"
  }

  metadata_options {
    http_tokens = "optional"
  }
}
