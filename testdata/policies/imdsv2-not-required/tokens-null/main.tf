resource "aws_instance" "web" {
  iam_instance_profile = "web"
  metadata_options { # expect: IMDS02
    http_tokens = null
  }
}
