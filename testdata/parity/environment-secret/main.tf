# want: SEC05 task, SEC05 worker

resource "aws_lambda_function" "worker" {
  function_name = "worker"
  environment {
    variables = {
      DB_PASSWORD = "@PASSWORD@"
      DB_HOST     = "db.internal"
    }
  }
}

resource "aws_ecs_task_definition" "task" {
  family = "task"
  container_definitions = jsonencode([{
    name        = "app"
    image       = "app"
    environment = [{ name = "API_TOKEN", value = "@PASSWORD@" }]
  }])
}
