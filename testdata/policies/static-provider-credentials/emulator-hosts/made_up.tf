# With every address local, whatever has not the form of a key is none.
provider "aws" {
  alias                       = "dynamodb_local"
  access_key                  = "fakeMyKeyId"
  secret_key                  = "fakeSecretAccessKey"
  token                       = "anything"
  skip_credentials_validation = true
  endpoints {
    dynamodb = "http://localhost:8000"
    s3       = "http://${var.host}localhost:${var.port}"
  }
}

provider "aws" {
  alias                       = "one_is_real"
  access_key                  = "fakeMyKeyId" # expect: KEY03
  secret_key                  = "foo"         # expect: KEY03
  skip_credentials_validation = true
  endpoints {
    dynamodb = "http://localhost:8000"
    sts      = "https://sts.eu-west-1.amazonaws.com"
  }
}

provider "aws" {
  alias                       = "one_is_not_known"
  access_key                  = "test"
  secret_key                  = "foo" # expect: KEY03
  skip_credentials_validation = true
  endpoints {
    dynamodb = "http://localhost:8000"
    sts      = var.host
  }
}

provider "aws" {
  alias      = "validated"
  access_key = "foo" # expect: KEY03
  secret_key = "bar" # expect: KEY03
  endpoints {
    dynamodb = "http://localhost:8000"
  }
}

variable "host" {
  type = string
}

variable "port" {
  type = number
}
