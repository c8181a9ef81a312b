# Providers that the catalogue has no row for are judged by the names of their arguments.

provider "grafana" {
  url  = "https://grafana.acme.io"
  auth = "admin:hunter22x" # expect: KEY03
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

provider "vsphere" {
  user                 = "terraform"
  password             = "changeme"
  allow_unverified_ssl = true
  client_debug_path    = "/tmp/token-debug"
}

provider "auth0" {
  domain        = "acme.eu.auth0.com"
  client_secret = ""
  token_path    = "/run/secrets/auth0"
}

provider "nomad" {
  auth_jwt {
    auth_method = "kubernetes-jwt-auth"
  }
}
