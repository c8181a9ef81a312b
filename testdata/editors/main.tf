resource "aws_instance" "web" {
  ami                  = "ami-0abcdef1234567890"
  instance_type        = "t3.micro"
  iam_instance_profile = "web"

  metadata_options {
    http_endpoint = "enabled"
    http_tokens   = "optional" # IMDS01
  }
}
