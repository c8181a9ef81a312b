variable "db_password" { # expect: SEC07 warning "aws_lambda_function.url"
  type = string
}

variable "db" { # expect: SEC07 warning "aws_lambda_function.piece"
  type = object({ user = string, pw = string })
}

variable "query" { # expect: SEC07 warning "aws_ecs_task_definition.query"
  type = string
}

variable "marked" {
  type      = string
  sensitive = true
}

variable "db_secret" {
  type = string
}

variable "port" {
  type = string
}

variable "session_token_path" {
  type = string
}

# The name of an address describes it; what stands in it as a password is one.
resource "aws_lambda_function" "url" {
  function_name = "url"
  environment {
    variables = {
      DATABASE_URL = "postgres://app:${var.db_password}@db.internal:${var.port}/app"
    }
  }
}

resource "aws_lambda_function" "piece" {
  function_name = "piece"
  environment {
    variables = {
      DATABASE_URL = "postgres://${var.db.user}:${var.db.pw}@db.internal/app"
    }
  }
}

resource "aws_ecs_task_definition" "query" {
  family = "query"
  container_definitions = jsonencode([{
    name        = "app"
    environment = [{ name = "JDBC_URL", value = "jdbc:mysql://db/app?user=app&password=${var.query}" }]
  }])
}

resource "aws_lambda_function" "harmless" {
  function_name = "harmless"
  environment {
    variables = {
      MARKED_URL = "postgres://app:${var.marked}@db.internal/app"
      SERVER_URL = "https://db.internal:${var.port}/token"
      SECRET_ARN = "arn:aws:secretsmanager:eu-west-1:111122223333:secret:${var.db_secret}"
      TOKEN_URL  = "https://sso.internal/${var.session_token_path}"
    }
  }
}
