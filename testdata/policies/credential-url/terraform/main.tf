variable "password" { # expect: SEC07 warning
  type = string
}

variable "host" {
  type = string
}

resource "aws_lambda_function" "f" {
  function_name = "f"
  environment {
    variables = {
      # expect-below: SEC06 "aws_lambda_function.f"
      DATABASE = "postgres://app:corr3ct-horse@db.internal:5432/app"
      # expect-below: SEC06 warning "password in a URL"
      UPSTREAM = "https://app:corr3ct-horse@api.internal/v1"
      # expect-below: SEC06 "connection string"
      DSN = "Server=db.internal;Database=app;User Id=app;Password=corr3ct-horse;"
      # expect-below: SEC06
      JDBC    = "jdbc:mysql://db.internal/app?user=app&password=corr3ct-horse"
      # expect-below: SEC06
      PARTLY  = "mysql://app:corr3ct-horse@${var.host}/app"
      HANDED  = "postgres://app:${var.password}@db.internal/app"
      EXAMPLE = "postgres://user:password@db.internal/app"
      PLAIN   = "https://api.internal/v1?x=a@b"
      SHELL   = "redis://:$${REDIS_PASSWORD}@cache.internal"
    }
  }
}

# A secret's attribute: the password in it is told, once.
resource "aws_ssm_parameter" "dsn" {
  name  = "/app/dsn"
  type  = "SecureString"
  value = "amqps://app:corr3ct-horse@mq.internal" # expect: SEC06 "aws_ssm_parameter.dsn"
}
