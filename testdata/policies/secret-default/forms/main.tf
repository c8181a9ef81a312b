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

# Keys to encrypt with, where the value is one.
variable "encryption_key" {
  default = "b8FNVgnX6JVR7siFTrUTLzFoJusTeKuD" # expect: SEC04
}

variable "kms_encryption_key" {
  default = "alias/prod"
}

locals {
  fernet_key = "JusTeKuDb8FNVgnX6JVR7siFTrUTLzFo" # expect: SEC04
  data       = { ENCRYPTION_KEY = "b8FNVgnX6JVR7siFTrUTLzFoJusTeKuD" } # expect: SEC04
  app_key    = "web-app"
}
