resource "aws_config_configuration_recorder" "main" { # expect: ROOT06? "`each.value` is not known"
  role_arn = "arn:aws:iam::111122223333:role/config"
}

variable "rules" {
  type = map(string)
}

resource "aws_config_config_rule" "given" {
  for_each = var.rules
  name     = each.key

  source {
    owner             = "AWS"
    source_identifier = each.value
  }
}
