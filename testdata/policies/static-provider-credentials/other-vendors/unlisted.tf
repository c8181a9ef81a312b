# Providers that the catalogue has no row for are judged by the names of their arguments.

provider "grafana" {
  url  = "https://grafana.acme.io"
  auth = "admin:hunter22x" # expect: KEY03
}

provider "grafana" {
  alias = "open"
  url   = "https://grafana.acme.io"
  auth  = "anonymous"
}

provider "consul" {
  address = "consul.acme.io:8500"
  token   = "a-token-of-no-known-form-1" # expect: KEY03
}

provider "rabbitmq" {
  endpoint = "https://mq.acme.io"
  password = local.rabbitmq_password
}

locals {
  rabbitmq_password = "hunter22x-y" # expect: KEY03
}

provider "confluent" {
  cloud_api_key    = var.cloud_api_key
  cloud_api_secret = file("secret.txt")
}

variable "cloud_api_key" {
  type      = string
  sensitive = true
}

# What counts is the place, not what the text looks like.
provider "vsphere" {
  user                 = "terraform"
  password             = "changeme" # expect: KEY03
  allow_unverified_ssl = true
  client_debug_path    = "/tmp/token-debug"
}

provider "ncloud" {
  access_key = "abc"          # expect: KEY03
  secret_key = "barbarbarbar" # expect: KEY03
}

provider "linode" {
  token = "my-secret-key" # expect: KEY03
}

provider "b2" {
  application_key_id = "0012ab"
  application_key    = "word" # expect: KEY03
}

provider "ovh" {
  consumer_key = "supersecretvalue" # expect: KEY03
}

provider "keycloak" {
  client_id     = "terraform"
  client_secret = "correct horse battery staple" # expect: KEY03
}

# A hole to be filled, a reference, a switch.
provider "hcloud" {
  token = "<token>"
}

provider "vultr" {
  api_key = "$${VULTR_API_KEY}"
}

provider "exoscale" {
  key    = "id"
  secret = "var.secret"
}

provider "vcd" {
  password   = ""
  auth_type  = "api_token"
  api_token  = "none"
  saml_token = false
}

provider "auth0" {
  domain        = "acme.eu.auth0.com"
  client_secret = ""
  token_path    = "/run/secrets/auth0"
  api_token     = "/run/secrets/auth0"
}

provider "nomad" {
  auth_jwt {
    auth_method = "kubernetes-jwt-auth"
  }
}
