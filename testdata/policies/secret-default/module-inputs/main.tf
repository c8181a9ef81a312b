# A module that is not here is given a secret; what it makes of its inputs is not known.
module "app" { # expect: IMDS02?
  source = "git::https://git.invalid/app.git"

  environment = {
    DB_PASSWORD = "petrel-sleet-1" # expect: SEC04 "input `environment`, `DB_PASSWORD` of `module.app`"
    SECRET_NAME = "app/db"
    API_SECRET  = "app/api"
    TOKEN_TTL   = 3600
  }
  settings       = jsonencode({ password = "petrel-sleet-2", username = "app" }) # expect: SEC05
  admin_password = local.admin
  containers = [{
    environment = [{ name = "API_TOKEN", value = "petrel-sleet-4" }] # expect: SEC04 "API_TOKEN"
  }]

  manage_master_user_password = true
  password_length             = 20
  creation_token              = "app-files"
  passwords_to_reset          = ["app_reader", "app_writer"]
  secret_string               = "CHANGEME"
  db_password                 = random_password.db.result
  certificate                 = jsonencode({ username = "CHANGEME", password = "CHANGEME" })
}

locals {
  admin = "petrel-sleet-3" # expect: SEC04 "input `admin_password` of `module.app`"
}

resource "random_password" "db" {
  length = 20
}

# One that is here is followed: its input is told where it ends.
module "database" {
  source   = "./database"
  password = "petrel-sleet-5" # expect: SEC01
}
