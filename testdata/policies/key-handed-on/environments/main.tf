variable "deploy_key" {
  type      = string
  sensitive = true
}

variable "aws_secret_access_key" {
  type      = string
  sensitive = true
}

variable "token" {
  type      = string
  sensitive = true
}

resource "aws_lambda_function" "static" {
  function_name = "static"
  environment {
    variables = {
      AWS_ACCESS_KEY_ID     = "id"
      AWS_SECRET_ACCESS_KEY = var.deploy_key # expect: KEY04 "static access key"
    }
  }
}

resource "aws_lambda_function" "named" {
  function_name = "named"
  environment {
    variables = {
      S3_SECRET = var.aws_secret_access_key # expect: KEY04 "ends up here"
    }
  }
}

# With a session token the key is temporary.
resource "aws_lambda_function" "temporary" {
  function_name = "temporary"
  environment {
    variables = {
      AWS_ACCESS_KEY_ID     = "id"
      AWS_SECRET_ACCESS_KEY = var.deploy_key
      AWS_SESSION_TOKEN     = var.token
    }
  }
}

resource "aws_lambda_function" "removed" {
  function_name = "removed"
  environment {
    variables = {
      AWS_ACCESS_KEY_ID     = ""
      AWS_SECRET_ACCESS_KEY = null
      AWS_REGION            = "eu-west-1"
    }
  }
}

resource "aws_codebuild_project" "plain" {
  name = "plain"
  environment {
    environment_variable {
      name  = "AWS_ACCESS_KEY_ID"
      value = "Tests" # expect: KEY04 "static access key"
    }
  }
}

resource "aws_codebuild_project" "fetched" {
  name = "fetched"
  environment {
    environment_variable {
      name  = "AWS_ACCESS_KEY_ID"
      value = "ci-id"
      type  = "SECRETS_MANAGER"
    }
    environment_variable {
      name  = "AWS_SECRET_ACCESS_KEY"
      value = "ci-key" # expect: KEY04 warning "long-lived all the same"
      type  = "SECRETS_MANAGER"
    }
  }
}

resource "aws_ecs_task_definition" "app" {
  family        = "app"
  task_role_arn = "arn:aws:iam::123456789012:role/app"
  container_definitions = jsonencode([{
    name = "app"
    environment = [
      { name = "AWS_SECRET_ACCESS_KEY", value = var.deploy_key }, # expect: KEY04 "static access key"
    ]
  }])
}

resource "aws_ecs_task_definition" "fetching" {
  family        = "fetching"
  task_role_arn = "arn:aws:iam::123456789012:role/app"
  container_definitions = jsonencode([{
    name    = "app"
    secrets = [{ name = "AWS_SECRET_ACCESS_KEY", valueFrom = var.deploy_key }] # expect: KEY04 warning
  }])
}
