provider "aws" {
  access_key                  = "mock_access_key"
  secret_key                  = "mock_secret_key"
  skip_credentials_validation = true
  endpoints {
    sts = "http://localstack:4566"
  }
}

provider "aws" {
  alias                       = "real_endpoint"
  access_key                  = "test" # expect: KEY03
  secret_key                  = "test" # expect: KEY03
  skip_credentials_validation = true
  endpoints {
    sts = "https://sts.eu-west-1.amazonaws.com"
  }
}

provider "aws" {
  alias                       = "real_key"
  access_key                  = "@AKIA@"       # expect: KEY03
  secret_key                  = "@AWS_SECRET@" # expect: KEY03
  skip_credentials_validation = true
  endpoints {
    sts = "http://localhost:4566"
  }
}
