locals {
  id = "@ASIA@" # expect: KEY05 warning "temporary AWS access key id"
}

variable "id" {
  type = string
}

resource "aws_lambda_function" "f" {
  function_name = "f"
  environment {
    variables = {
      AWS_ACCESS_KEY_ID     = "@ASIA@"       # expect: KEY05 warning "aws_lambda_function.f"
      AWS_SECRET_ACCESS_KEY = "@AWS_SECRET@" # expect: KEY05 warning "secret of a temporary AWS access key"
      AWS_SESSION_TOKEN     = "@SESSION@"    # expect: KEY05 warning "AWS session token"
    }
  }
}

resource "aws_lambda_function" "handed" {
  function_name = "handed"
  environment {
    variables = {
      ID   = var.id
      ROLE = "AROAQ3EGRIGB4KSW2XYVA"
    }
  }
}

resource "aws_ssm_parameter" "token" {
  name  = "/ci/token"
  type  = "SecureString"
  value = "@SESSION@" # expect: KEY05 warning "aws_ssm_parameter.token"
}
