variable "endpoint" {
  type = string
}

terraform {
  backend "s3" {
    bucket = "state"
    key    = "state"
    region = "eu-west-1"
    endpoints = {
      sts = "https://sts.amazonaws.com" # expect: ROLE06 note "backend.s3"
    }
  }
}

provider "aws" {
  endpoints {
    sts = "https://sts.amazonaws.com/" # expect: ROLE06 note "provider.aws"
  }
}

provider "aws" {
  alias = "regional"
  endpoints {
    sts = "https://sts.eu-west-1.amazonaws.com"
  }
}

provider "aws" {
  alias = "local"
  endpoints {
    s3  = "https://s3.amazonaws.com"
    sts = "http://localhost:4566"
  }
}

provider "aws" {
  alias = "open"
  endpoints {
    sts = var.endpoint # expect: ROLE06?
  }
}

resource "aws_iam_security_token_service_preferences" "old" {
  global_endpoint_token_version = "v1Token" # expect: ROLE06 note "v1Token"
}

resource "aws_iam_security_token_service_preferences" "new" {
  global_endpoint_token_version = "v2Token"
}

resource "aws_lambda_function" "old" {
  function_name = "old"
  role          = "arn:aws:iam::111122223333:role/f"
  environment {
    variables = {
      AWS_STS_REGIONAL_ENDPOINTS = "legacy" # expect: ROLE06 note "aws_lambda_function.old"
      OTHER                      = "legacy"
    }
  }
}

resource "aws_lambda_function" "new" {
  function_name = "new"
  role          = "arn:aws:iam::111122223333:role/f"
  environment {
    variables = { AWS_STS_REGIONAL_ENDPOINTS = "regional" }
  }
}

resource "aws_ecs_task_definition" "old" {
  family        = "old"
  task_role_arn = "arn:aws:iam::111122223333:role/t"
  container_definitions = jsonencode([{
    name  = "a"
    image = var.endpoint
    environment = [
      { name = "AWS_STS_REGIONAL_ENDPOINTS", value = "legacy" }, # expect: ROLE06 note "aws_ecs_task_definition.old"
    ]
  }])
}
