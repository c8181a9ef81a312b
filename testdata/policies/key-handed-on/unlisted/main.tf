# Types that no table knows: what they are handed is told by what it refers to.
resource "aws_iam_access_key" "ci" { # expect: KEY01
  user = "ci"
}

resource "circleci_environment_variable" "secret" {
  name  = "AWS_SECRET_ACCESS_KEY"
  value = aws_iam_access_key.ci.secret # expect: KEY04 warning
}

resource "circleci_environment_variable" "id" {
  name  = "AWS_ACCESS_KEY_ID"
  value = aws_iam_access_key.ci.id
}

resource "fastly_service_vcl" "logs" {
  logging_s3 {
    s3_access_key = aws_iam_access_key.ci.id
    s3_secret_key = aws_iam_access_key.ci.secret # expect: KEY04 warning
  }
}
