resource "aws_instance" "web" {
  iam_instance_profile = "web"
  metadata_options {
    http_endpoint = "enabled"
    http_tokens   = "optional" # expect: IMDS01
  }
}
