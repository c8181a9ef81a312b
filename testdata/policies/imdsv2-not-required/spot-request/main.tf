resource "aws_spot_instance_request" "cheap" { # expect: IMDS02 "whatever is written here"
  ami                  = "ami-12345678"
  iam_instance_profile = "web"
  metadata_options {
    http_tokens = "required"
  }
}
