variable "region" {
  type = string
}

resource "aws_config_configuration_recorder" "main" { # expect: ROOT06 warning "us-east-1"
  region   = var.region
  role_arn = "arn:aws:iam::111122223333:role/config"
}
