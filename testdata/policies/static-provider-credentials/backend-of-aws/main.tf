terraform {
  backend "s3" {
    bucket                      = "b"
    key                         = "k"
    region                      = "us-east-1"
    access_key                  = "test" # expect: KEY03
    secret_key                  = "test" # expect: KEY03
    skip_credentials_validation = true
  }
}
