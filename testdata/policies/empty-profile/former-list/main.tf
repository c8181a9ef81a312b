# As before the provider's version 2.
resource "aws_iam_instance_profile" "web" {
  name  = "web"
  roles = ["web"]
}

resource "aws_iam_instance_profile" "none" { # expect: EC203 warning
  name  = "none"
  roles = []
}
