locals {
  id = "AKIAIOSFODNN7EXAMPLE" # expect: SEC09 note
}

# The second pair of the documentation: AKIAI44QH8DHBEXAMPLE # expect: SEC09 note

resource "aws_lambda_function" "f" {
  function_name = "f"
  environment {
    variables = {
      UPLOAD_KEY_ID            = "AKIAIOSFODNN7EXAMPLE"                     # expect: SEC09 note "aws_lambda_function.f"
      UPLOAD_SECRET_ACCESS_KEY = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY" # expect: SEC09 note "aws_lambda_function.f"
      TEMPORARY                = "ASIAIOSFODNN7EXAMPLE"                     # expect: SEC09 note
    }
  }
}

# Under the names that SDKs read it is KEY04, and nothing more.
resource "aws_lambda_function" "static" {
  function_name = "static"
  environment {
    variables = {
      AWS_ACCESS_KEY_ID     = "AKIAIOSFODNN7EXAMPLE"
      AWS_SECRET_ACCESS_KEY = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"
    }
  }
}

# A real key is KEY02, and an example where credentials do not belong is KEY03.
provider "aws" {
  access_key = "AKIAIOSFODNN7EXAMPLE"
  secret_key = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"
}

variable "id" {
  type = string
}
