terraform {
  cloud {
    organization = "me"
    token        = "not-a-known-form" # expect: KEY03
  }
}
