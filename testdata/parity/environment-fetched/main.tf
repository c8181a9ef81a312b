# want:

variable "token" {
  type      = string
  sensitive = true
}

resource "aws_lambda_function" "worker" {
  function_name = "worker"
  environment {
    variables = {
      DB_PASSWORD   = var.token
      DB_SECRET_ARN = "arn:aws:secretsmanager:eu-west-1:111122223333:secret:db"
      TOKEN_NAME    = "@PASSWORD@"
      API_TOKEN     = "/app/token"
    }
  }
}

resource "aws_ecs_task_definition" "task" {
  family = "task"
  container_definitions = jsonencode([{
    name    = "app"
    image   = "app"
    secrets = [{ name = "API_TOKEN", valueFrom = "arn:aws:secretsmanager:eu-west-1:111122223333:secret:token" }]
  }])
}
