# want: KEY01 key

resource "aws_iam_access_key" "key" {
  user = "app"
}

resource "aws_ssm_parameter" "id" {
  name  = "/app/id"
  type  = "String"
  value = aws_iam_access_key.key.id
}

resource "aws_lambda_function" "worker" {
  function_name = "worker"
  environment {
    variables = {
      AWS_ACCESS_KEY_ID = ""
      TABLE             = "table"
    }
  }
}

output "id" {
  value = aws_iam_access_key.key.id
}
