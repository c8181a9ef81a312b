variable "name" {
  type = string
}

resource "aws_iam_access_key" "this" { # expect: KEY01
  user = var.name
}

output "id" {
  value = aws_iam_access_key.this.id
}

output "secret" {
  value     = aws_iam_access_key.this.secret
  sensitive = true
}
