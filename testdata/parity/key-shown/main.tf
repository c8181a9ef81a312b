# want: KEY01 key, KEY04 -

resource "aws_iam_access_key" "key" {
  user = "app"
}

locals {
  shown = aws_iam_access_key.key.secret
}

output "secret" {
  value     = "secret=${aws_iam_access_key.key.secret}"
  sensitive = true
}
