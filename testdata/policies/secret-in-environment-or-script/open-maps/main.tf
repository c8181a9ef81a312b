# What is in the code of a map that is open: more of it comes from elsewhere.
variable "more" {
  type = map(string)
}

resource "aws_lambda_function" "before" {
  function_name = "before"
  role          = "x"
  environment {
    variables = { for name, value in merge(var.more, { DB_PASSWORD = "Qz7-vK2p-9fLw" }) : name => value } # expect: SEC05
  }
}

resource "aws_lambda_function" "behind" {
  function_name = "behind"
  role          = "x"
  environment {
    variables = { for name, value in merge({ DB_PASSWORD = "Qz7-vK2p-9fLx" }, var.more) : name => value } # expect: SEC05
  }
}

resource "aws_ecs_task_definition" "listed" {
  family = "app"
  container_definitions = jsonencode([{
    name  = "app"
    image = "app"
    environment = [
      for name, value in merge(var.more, {
        STAGE       = "prod"
        DB_PASSWORD = "Qz7-vK2p-9fLy" # expect: SEC05
      }) : { name = name, value = value }
    ]
  }])
}
