# want: IMDS01 web

resource "aws_instance" "web" {
  ami                  = "ami-0abcdef1234567890"
  iam_instance_profile = "web"
  metadata_options {
    http_tokens = "optional"
  }
}
