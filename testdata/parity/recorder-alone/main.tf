# want: AUD01 main warning, ROOT06 main warning
# strict: ROOT06,AUD01

resource "aws_config_configuration_recorder" "main" {
  role_arn = "arn:aws:iam::111122223333:role/config"
}
