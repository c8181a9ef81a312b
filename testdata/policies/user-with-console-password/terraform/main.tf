resource "aws_iam_user" "bob" {
  name = "bob"
}

resource "aws_iam_user_login_profile" "bob" { # expect: KEY08 warning "aws_iam_user_login_profile.bob"
  user = aws_iam_user.bob.name
}
