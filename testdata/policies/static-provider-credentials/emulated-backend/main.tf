terraform {
  backend "s3" {
    bucket                      = "b"
    key                         = "k"
    region                      = "us-east-1"
    endpoints                   = { s3 = "http://localhost:4566" }
    access_key                  = "test"
    secret_key                  = "test"
    skip_credentials_validation = true
  }
}

provider "aws" {
  region                      = "us-east-1"
  access_key                  = "test"
  secret_key                  = "test"
  skip_credentials_validation = true
  endpoints {
    s3  = "http://0.0.0.0:4566"
    sqs = "http://[::1]:4566"
  }
}
