resource "aws_instance" "this" { # expect: IMDS02
  iam_instance_profile = "web"
}
