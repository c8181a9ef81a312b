variable "password" {
  type      = string
  sensitive = true
}

resource "random_password" "db" {
  length = 32
}

output "password" {
  value = nonsensitive(var.password) # for the runbook
}

output "url" {
  description = "Where to connect"
  value       = "postgres://app:${nonsensitive(random_password.db.result)}@db/app"
}

output "one_line" { value = nonsensitive(var.password) }

output "said" {
  value     = nonsensitive(var.password)
  sensitive = false
}

resource "aws_ssm_parameter" "shown" {
  name           = "/db/password"
  type           = "String"
  insecure_value = random_password.db.result
}
