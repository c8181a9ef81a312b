variable "db_password" {
  default = "hunter2hunter2" # expect: SEC04
}

variable "empty_password" {
  default = ""
}

variable "null_password" {
  default = null
}

variable "password_length" {
  default = 16
}

variable "secret_name" {
  default = "prod/db"
}

variable "secret_arn" {
  default = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:db"
}

variable "users" {
  default = {
    admin = { password = "admin-pass-1" } # expect: SEC04
    guest = { password = "" }
  }
}

locals {
  api_token = "abcdef123456" # expect: SEC04
  token_ttl = "24h"
  copied    = var.db_password
}
