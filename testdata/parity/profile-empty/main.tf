# want: EC203 nothing warning

resource "aws_iam_instance_profile" "nothing" {
  name = "nothing"
}

resource "aws_iam_instance_profile" "web" {
  name = "web"
  role = "web"
}
