# Which instances there are is not known: one stands for all, also where they are taken as a whole.

variable "users" {
  type = map(object({ path = string }))
}

resource "aws_iam_user" "each" {
  for_each = var.users
  name     = each.key
}

resource "aws_iam_access_key" "each" { # expect: KEY01
  for_each = aws_iam_user.each
  user     = each.value.name
}

output "whole" {
  value     = aws_iam_access_key.each # expect: KEY04
  sensitive = true
}

output "by_name" {
  value     = { for name, key in aws_iam_access_key.each : name => key.secret } # expect: KEY04
  sensitive = true
}

output "list" {
  value     = [for key in aws_iam_access_key.each : key.secret] # expect: KEY04
  sensitive = true
}

output "values" {
  value     = values(aws_iam_access_key.each)[*].secret # expect: KEY04
  sensitive = true
}

output "zipped" {
  value     = zipmap(keys(aws_iam_access_key.each), values(aws_iam_access_key.each)[*].secret) # expect: KEY04
  sensitive = true
}

output "merged" {
  value     = merge([for name, key in aws_iam_access_key.each : { (name) = key.secret }]...) # expect: KEY04
  sensitive = true
}

output "by_variable" {
  value     = { for name in keys(var.users) : name => aws_iam_access_key.each[name].secret } # expect: KEY04
  sensitive = true
}

output "json" {
  value     = jsonencode({ for name, key in aws_iam_access_key.each : name => { secret = key.secret } }) # expect: KEY04
  sensitive = true
}

# By keys that are known after apply.
resource "aws_iam_access_key" "two" { # expect: KEY01
  count = 2
  user  = "deploy"
}

output "by_id" {
  value     = { for key in aws_iam_access_key.two : key.id => key.secret } # expect: KEY04
  sensitive = true
}

resource "aws_ssm_parameter" "each" {
  for_each = aws_iam_access_key.each
  name     = "/keys/${each.key}"
  type     = "String"
  value    = each.value.secret # expect: KEY04
}

locals {
  secrets = { for name, key in aws_iam_access_key.each : name => key.secret }
}

resource "aws_ssm_parameter" "by_local" {
  for_each = local.secrets
  name     = "/keys/${each.key}"
  type     = "String"
  value    = each.value # expect: KEY04
}

resource "local_file" "keys" {
  filename = "keys.txt"
  content  = templatefile("${path.module}/keys.tftpl", { keys = aws_iam_access_key.each }) # expect: KEY04
}

# Secrets Manager keeps it; names, identifiers and counts hold nothing of it.
resource "aws_secretsmanager_secret_version" "each" {
  for_each      = aws_iam_access_key.each
  secret_id     = each.key
  secret_string = each.value.secret # expect: KEY04 warning
}

output "names" {
  value = keys(aws_iam_access_key.each)
}

output "names_of" {
  value = [for name, key in aws_iam_access_key.each : name]
}

output "ids" {
  value = { for name, key in aws_iam_access_key.each : name => key.id }
}

output "many" {
  value = length(aws_iam_access_key.each)
}

output "are_there" {
  value = { for name, key in aws_iam_access_key.each : name => key.status == "Active" }
}

module "user" {
  source   = "./user"
  for_each = var.users
  name     = each.key
}

output "of_modules" {
  value     = { for name, user in module.user : name => user.secret } # expect: KEY04
  sensitive = true
}

output "ids_of_modules" {
  value = { for name, user in module.user : name => user.id }
}
