variable "stage" {
  type = string
}

resource "aws_lambda_function" "pieces" {
  function_name = "pieces"
  role          = "arn:aws:iam::111122223333:role/pieces"
  environment {
    variables = {
      JOINED_PASSWORD = "@RANDOM@-${var.stage}"                                            # expect: SEC05 "JOINED_PASSWORD"
      FRONT_TOKEN     = "${var.stage}-@RANDOM@"                                            # expect: SEC05 "FRONT_TOKEN"
      WORD_PASSWORD   = "application-${var.stage}"
      PLAIN_ID        = "@RANDOM@-${var.stage}"
      DB_SECRET       = "arn:aws:secretsmanager:${var.stage}:111122223333:secret:@RANDOM@"
      API_TOKEN       = "https://@RANDOM@.execute-api.${var.stage}.amazonaws.com"
    }
  }
}

resource "aws_ecs_task_definition" "app" {
  family = "app"
  container_definitions = jsonencode([{
    name        = "app"
    image       = "app:@RANDOM@-${var.stage}"
    environment = [{ name = "API_KEY", value = "@RANDOM@.${var.stage}" }] # expect: SEC05 "API_KEY"
  }])
}
