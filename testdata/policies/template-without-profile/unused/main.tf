resource "aws_launch_template" "unused" { # expect: EC202 warning
  metadata_options {
    http_tokens = "required"
  }
}

resource "aws_launch_configuration" "unused" { # expect: EC202 warning
  name = "c"
  metadata_options {
    http_endpoint = "enabled"
    http_tokens   = "required"
  }
}
