# want: EC201 web

resource "aws_instance" "web" {
  iam_instance_profile = ""
  metadata_options {
    http_tokens = "required"
  }
}
