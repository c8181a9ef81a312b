provider "cloudflare" {
  api_token = "a-token-of-no-known-form" # expect: KEY03
}

provider "github" {
  token = var.token
}

variable "token" { # expect: SEC07 warning
  type = string
}
