resource "aws_iam_user" "bob" { # expect: KEY07 warning "aws_iam_user.bob"
  name = "bob"
}

# The key is what is told of these.
resource "aws_iam_user" "referred" {
  name = "referred"
}

resource "aws_iam_user" "named" {
  name = "named"
}

resource "aws_iam_access_key" "referred" {
  user = aws_iam_user.referred.name
}

resource "aws_iam_access_key" "named" {
  user = "named"
}

resource "aws_iam_user" "none" {
  count = 0
  name  = "none"
}

data "aws_iam_user" "there" {
  user_name = "there"
}
