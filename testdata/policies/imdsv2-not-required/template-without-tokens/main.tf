resource "aws_launch_template" "bad" { # expect: IMDS02 "aws_instance.b"
  name = "bad"
  iam_instance_profile {
    name = "web"
  }
}

resource "aws_instance" "a" {
  launch_template {
    id = aws_launch_template.bad.id
  }
}

resource "aws_instance" "b" {
  launch_template {
    id = aws_launch_template.bad.id
  }
}
