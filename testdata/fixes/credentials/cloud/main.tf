terraform {
  cloud {
    organization = "acme"
    token        = "literal"
    hostname     = "app.terraform.io"
  }
}
