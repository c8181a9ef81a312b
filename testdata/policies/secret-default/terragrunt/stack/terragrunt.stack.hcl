unit "db" {
  source = "../units/db"
  path   = "db"

  values = {
    name     = "db"
    password = "stack-Horse-7" # expect: SEC04
  }
}
