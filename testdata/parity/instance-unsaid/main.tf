# want: EC201 web, IMDS02 web

resource "aws_instance" "web" {
  ami = "ami-0abcdef1234567890"
}
