resource "aws_config_configuration_recorder" "main" { # expect: ROOT06 warning
  role_arn = "arn:aws:iam::111122223333:role/config"
}

resource "aws_config_config_rule" "own" {
  name = "own"

  source {
    owner             = "CUSTOM_LAMBDA"
    source_identifier = aws_lambda_function.own.arn
  }
}
