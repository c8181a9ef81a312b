# want: KEY01 key, KEY04 clear, KEY04 kept warning, KEY04 static, KEY04 worker

resource "aws_iam_access_key" "key" {
  user = "app"
}

variable "deploy_key" {
  type      = string
  sensitive = true
}

resource "aws_lambda_function" "worker" {
  function_name = "worker"
  environment {
    variables = {
      KEY = aws_iam_access_key.key.secret
    }
  }
}

resource "aws_lambda_function" "static" {
  function_name = "static"
  environment {
    variables = {
      AWS_SECRET_ACCESS_KEY = var.deploy_key
    }
  }
}

resource "aws_ssm_parameter" "clear" {
  name  = "/app/key"
  type  = "String"
  value = aws_iam_access_key.key.secret
}

resource "aws_secretsmanager_secret_version" "kept" {
  secret_id     = "app"
  secret_string = aws_iam_access_key.key.secret
}
