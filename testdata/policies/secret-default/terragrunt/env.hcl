locals {
  environment = "prod"
  db_password = "env-Horse-1" # expect: SEC04
}
