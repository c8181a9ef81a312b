locals {
  environment = get_env("ENVIRONMENT", "prod-stage")
  upstream    = "https://${get_env("API_TOKEN", "env-Horse-9")}@example.com" # expect: SEC04
  empty       = get_env("API_TOKEN", "")
  db_password = "env-Horse-1" # expect: SEC04
}
