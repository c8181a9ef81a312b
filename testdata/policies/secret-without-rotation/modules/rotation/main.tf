variable "secret" {
  type = string
}

resource "aws_secretsmanager_secret_rotation" "this" {
  secret_id           = var.secret
  rotation_lambda_arn = "arn:aws:lambda:eu-west-1:123456789012:function:rotate"
  rotation_rules {
    automatically_after_days = 30
  }
}
