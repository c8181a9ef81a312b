# want: AUD01? main, ROOT06? main
# without: plan (a plan knows what is given)
# strict: ROOT06,AUD01
# An identifier that is given from outside could be anything.

variable "rule" {
  type = string
}

resource "aws_config_configuration_recorder" "main" {
  role_arn = "arn:aws:iam::111122223333:role/config"
}

resource "aws_config_config_rule" "given" {
  name = "given"

  source {
    owner             = "AWS"
    source_identifier = var.rule
  }
}
