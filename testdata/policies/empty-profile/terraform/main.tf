resource "aws_iam_instance_profile" "silent" { # expect: EC203 warning "aws_iam_instance_profile.silent"
  name = "silent"
}

resource "aws_iam_instance_profile" "empty" {
  role = "" # expect: EC203 warning
}

resource "aws_iam_instance_profile" "good" {
  role = aws_iam_role.web.name
}

variable "role" {
  type = string
}

resource "aws_iam_instance_profile" "open" {
  role = var.role
}

resource "aws_iam_role" "web" {
  assume_role_policy = "{}"
}
