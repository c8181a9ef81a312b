# Ways to log in that no row has.
provider "vault" {
  auth_login {
    path       = "auth/userpass/login/ci"
    parameters = { password = "petrel-sleet-1" } # expect: KEY03
  }
}

provider "helm" {
  registry {
    url      = "oci://registry.example.com"
    username = "ci"
    password = "petrel-sleet-2" # expect: KEY03
  }
}

provider "mongodbatlas" {
  client_id     = "mdb_sa_id_x"
  client_secret = "petrel-sleet-3" # expect: KEY03
}

provider "kubernetes" {
  exec {
    api_version = "client.authentication.k8s.io/v1beta1"
    command     = "aws"
    args        = ["eks", "get-token", "--cluster-name", "main"]
    env         = { AWS_SECRET_ACCESS_KEY = "petrel-sleet-4" } # expect: KEY03
  }
}

provider "datadog" {
  api_url  = "https://api.datadoghq.eu"
  validate = "true"
}
