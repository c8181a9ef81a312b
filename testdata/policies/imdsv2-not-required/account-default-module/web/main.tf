resource "aws_instance" "this" { # expect: IMDS02 note
  iam_instance_profile = "web"
}
