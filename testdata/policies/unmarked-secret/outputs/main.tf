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

# The mark says that it is a secret, whatever its name is.
variable "p" {
  type      = string
  sensitive = true
}

variable "account_id" {
  type      = string
  sensitive = true
}

variable "limit" {
  type = string
}

data "aws_secretsmanager_secret_version" "db" {
  secret_id = "db"
}

data "aws_ssm_parameter" "image" {
  name = "/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64"
}

resource "aws_db_instance" "db" {
  password = var.p
}

output "p" {
  value = nonsensitive(var.p) # expect: SEC07 warning "`nonsensitive` uncovers `p`"
}

output "fetched" {
  # expect-below: SEC07 warning "data.aws_secretsmanager_secret_version.db.secret_string"
  value = nonsensitive(data.aws_secretsmanager_secret_version.db.secret_string)
}

output "account" {
  value = nonsensitive(var.account_id)
}

output "limit" {
  value = nonsensitive(var.limit)
}

output "image" {
  value = nonsensitive(data.aws_ssm_parameter.image.value)
}

output "user" {
  value = nonsensitive(jsondecode(data.aws_secretsmanager_secret_version.db.secret_string)["username"])
}
