# Variables that nobody gives here, on their way through loops and functions.
variable "dbs" {} # expect: SEC07 warning

variable "users" {} # expect: SEC07 warning

variable "list" {} # expect: SEC07 warning

variable "db" {} # expect: SEC07 warning

locals {
  wanted = { for k, v in var.dbs : k => v if v.user != "" }
}

resource "aws_db_instance" "a" {
  for_each = local.wanted
  username = each.value.user
  password = each.value.password
}

resource "aws_db_instance" "b" {
  for_each = { for user in var.users : user.name => user }
  password = each.value.password
}

resource "aws_db_instance" "c" {
  count    = length(var.list)
  password = var.list[count.index].password
}

resource "aws_db_instance" "d" {
  password = lookup(var.db, "password", null)
}

# What an entry of an environment is called says what it is given.
variable "a" {} # expect: SEC07 warning

variable "b" {} # expect: SEC07 warning

variable "secret_name" {}

variable "token_arn" {}

variable "c" {}

resource "aws_lambda_function" "f" {
  function_name = "f"
  role          = "arn:aws:iam::111122223333:role/f"
  environment {
    variables = {
      API_TOKEN  = var.a
      AUTH_TOKEN = var.token_arn
      DB_SECRET  = var.secret_name
      SECRET_ID  = var.c
      HOST       = var.c
    }
  }
}

resource "aws_ecs_task_definition" "t" {
  family        = "t"
  task_role_arn = "arn:aws:iam::111122223333:role/t"
  container_definitions = jsonencode([{
    name  = "t"
    image = "t"
    environment = [
      { name = "DB_PASSWORD", value = var.b },
      { name = "DB_HOST", value = var.c },
    ]
  }])
}
