resource "aws_iam_instance_profile" "nothing" { # expect: EC203 warning
  name = "nothing"
  role = null
}

# What a literal name means, nobody here says: it may well have a role.
resource "aws_instance" "elsewhere" {
  iam_instance_profile = "made-elsewhere"
  metadata_options {
    http_tokens = "required"
  }
}
