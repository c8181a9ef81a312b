terraform {
  backend "http" {
    address  = "https://example.com/state"
    username = "me"
    password = "hunter2hunter2" # expect: KEY03
  }
}
