provider "aws" {
  region = "eu-west-1"
}

resource "aws_iam_user" "ci" {
  name = "ci"
}

resource "aws_iam_access_key" "ci" { # expect-source: KEY01
  user = aws_iam_user.ci.name
}

resource "aws_instance" "web" {
  ami                  = "ami-12345678"
  instance_type        = "t3.micro"
  iam_instance_profile = "web"

  metadata_options {
    http_tokens = "optional" # expect-source: IMDS01
  }
}
