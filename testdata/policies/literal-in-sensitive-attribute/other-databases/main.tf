resource "mysql_user" "app" {
  user               = "app"
  plaintext_password = "corr3ct-horse-11" # expect: SEC01
}

resource "google_sql_user" "app" {
  name     = "app"
  instance = "db"
  password = "corr3ct-horse-12" # expect: SEC01
}

resource "rabbitmq_user" "app" {
  name     = "app"
  password = "corr3ct-horse-13" # expect: SEC01
}
