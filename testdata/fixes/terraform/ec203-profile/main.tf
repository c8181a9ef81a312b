resource "aws_iam_instance_profile" "web" {
  name = "web"
}

resource "aws_iam_instance_profile" "blank" { role = "" }
