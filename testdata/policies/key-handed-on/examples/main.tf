# What AWS's documentation shows opens nothing, and stands where somebody will put a key.
resource "aws_lambda_function" "pair" {
  function_name = "pair"
  environment {
    variables = {
      AWS_ACCESS_KEY_ID     = "AKIAIOSFODNN7EXAMPLE"
      AWS_SECRET_ACCESS_KEY = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY" # expect: KEY04 "static access key"
    }
  }
}

resource "aws_lambda_function" "id" {
  function_name = "id"
  environment {
    variables = {
      AWS_ACCESS_KEY_ID = "AKIAIOSFODNN7EXAMPLE" # expect: KEY04 "static access key"
    }
  }
}

locals {
  example = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"
}

resource "aws_lambda_function" "carried" {
  function_name = "carried"
  environment {
    variables = {
      AWS_SECRET_ACCESS_KEY = local.example # expect: KEY04 "static access key"
    }
  }
}

resource "aws_instance" "script" {
  iam_instance_profile = "app"
  metadata_options {
    http_tokens = "required"
  }
  user_data = <<-EOF
    #!/bin/bash
    export AWS_ACCESS_KEY_ID=AKIAIOSFODNN7EXAMPLE
    export AWS_SECRET_ACCESS_KEY=wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY # expect: KEY04 "static access key"
  EOF
}

# A real one is told as such.
resource "aws_lambda_function" "real" {
  function_name = "real"
  environment {
    variables = {
      AWS_ACCESS_KEY_ID     = "@AKIA@"       # expect: KEY02
      AWS_SECRET_ACCESS_KEY = "@AWS_SECRET@" # expect: KEY02
    }
  }
}

# Nothing looks for a key there, and with a token it is a temporary one.
resource "aws_lambda_function" "others" {
  function_name = "others"
  environment {
    variables = {
      KEY_ID = "AKIAIOSFODNN7EXAMPLE"
    }
  }
}

resource "aws_lambda_function" "temporary" {
  function_name = "temporary"
  environment {
    variables = {
      AWS_ACCESS_KEY_ID     = "AKIAIOSFODNN7EXAMPLE"
      AWS_SECRET_ACCESS_KEY = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"
      AWS_SESSION_TOKEN     = "example"
    }
  }
}
