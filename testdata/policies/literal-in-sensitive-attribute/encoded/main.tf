resource "aws_secretsmanager_secret_version" "heredoc" {
  secret_id     = "db"
  # expect-two-below: SEC01
  secret_string = <<-EOT
    {"username": "admin", "password": "written-in-heredoc"}
  EOT
}

resource "aws_secretsmanager_secret_version" "from_variable" {
  secret_id     = "db"
  secret_string = jsonencode(var.secret)
}

variable "secret" { # expect: SEC07 warning
  type = map(string)
}
