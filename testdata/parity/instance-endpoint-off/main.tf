# want: EC201 web

resource "aws_instance" "web" {
  metadata_options {
    http_endpoint = "disabled"
    http_tokens   = "optional"
  }
}
