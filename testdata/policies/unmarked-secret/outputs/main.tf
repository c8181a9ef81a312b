variable "password" {
  type      = string
  sensitive = true
}

variable "settings" {
  type      = map(string)
  sensitive = true
}

resource "random_password" "db" {
  length = 32
}

output "password" {
  value = nonsensitive(var.password) # expect: SEC07 warning "`nonsensitive` uncovers `password`"
}

output "made" {
  value = nonsensitive(random_password.db.result) # expect: SEC07 warning "random_password.db.result"
}

output "url" {
  value = "postgres://app:${nonsensitive(random_password.db.result)}@db/app" # expect: SEC07 warning
}

output "hidden" {
  value     = nonsensitive(var.password)
  sensitive = true
}

# Neither names nor lengths nor hashes are secrets.
output "names" {
  value = nonsensitive(keys(var.settings))
}

output "length" {
  value = nonsensitive(length(var.password))
}

output "hash" {
  value = nonsensitive(sha256(var.password))
}

resource "aws_ssm_parameter" "shown" {
  name           = "/db/password"
  type           = "String"
  insecure_value = random_password.db.result # expect: SEC07 warning "shows its value in plans"
}

resource "aws_ssm_parameter" "harmless" {
  name           = "/db/host"
  type           = "String"
  insecure_value = "db.internal"
}
