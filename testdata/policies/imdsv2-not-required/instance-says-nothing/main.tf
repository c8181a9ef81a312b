resource "aws_instance" "web" { # expect: IMDS02
  ami                  = "ami-12345678"
  instance_type        = "t3.micro"
  iam_instance_profile = "web"
}
