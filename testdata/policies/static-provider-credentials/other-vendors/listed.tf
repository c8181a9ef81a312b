provider "azurerm" {
  client_id     = "terraform"
  client_secret = "supersecretvalue" # expect: KEY03
  features {}
}

provider "azuread" {
  client_certificate_path     = "cert.pfx"
  client_certificate_password = "word" # expect: KEY03
}

provider "alicloud" {
  access_key = "LTAI"             # expect: KEY03
  secret_key = "supersecretvalue" # expect: KEY03
}

provider "tencentcloud" {
  secret_id  = "abc"          # expect: KEY03
  secret_key = "barbarbarbar" # expect: KEY03
}

provider "scaleway" {
  secret_key = "11111111-1111-1111-1111-111111111111" # expect: KEY03
}

provider "digitalocean" {
  token             = "word" # expect: KEY03
  spaces_secret_key = "word" # expect: KEY03
}
