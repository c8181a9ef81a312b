output "db_password" {
  value     = "merlin-autumn-4" # expect: SEC04 "output `db_password`"
  sensitive = true
}

output "settings" {
  value = { admin_password = "merlin-autumn-5", user = "app" } # expect: SEC04 "`admin_password`"
}

output "token_help" {
  value = "ask for the token in the channel"
}

output "password_parameter_name" {
  value = "/app/db/password"
}

output "secret_arn" {
  value = "arn:aws:secretsmanager:eu-west-1:111122223333:secret:app"
}
