resource "aws_secretsmanager_secret" "alone" { # expect: SEC10 warning "nothing rotates `aws_secretsmanager_secret.alone`"
  name = "alone"
}

resource "aws_secretsmanager_secret" "rotated" {
  name = "rotated"
}

resource "aws_secretsmanager_secret_rotation" "rotated" {
  secret_id           = aws_secretsmanager_secret.rotated.id
  rotation_lambda_arn = "arn:aws:lambda:eu-west-1:123456789012:function:rotate"
  rotation_rules {
    automatically_after_days = 30
  }
}

resource "aws_secretsmanager_secret" "each" {
  for_each = toset(["a", "b"])
  name     = each.key
}

resource "aws_secretsmanager_secret_rotation" "each" {
  for_each            = aws_secretsmanager_secret.each
  secret_id           = each.value.arn
  rotation_lambda_arn = "arn:aws:lambda:eu-west-1:123456789012:function:rotate"
  rotation_rules {
    automatically_after_days = 30
  }
}

resource "aws_secretsmanager_secret" "named" {
  name = "named"
}

resource "aws_secretsmanager_secret_rotation" "named" {
  secret_id           = "named"
  rotation_lambda_arn = "arn:aws:lambda:eu-west-1:123456789012:function:rotate"
  rotation_rules {
    automatically_after_days = 30
  }
}

resource "aws_secretsmanager_secret" "old" {
  name                = "old"
  rotation_lambda_arn = "arn:aws:lambda:eu-west-1:123456789012:function:rotate"
}

resource "aws_secretsmanager_secret" "handed" {
  name = "handed"
}

module "rotation" {
  source = "../modules/rotation"
  secret = aws_secretsmanager_secret.handed.id
}

variable "rotate" {
  type    = bool
  default = false
}

resource "aws_secretsmanager_secret" "switched" { # expect: SEC10 warning
  name = "switched"
}

resource "aws_secretsmanager_secret_rotation" "switched" {
  count               = var.rotate ? 1 : 0
  secret_id           = aws_secretsmanager_secret.switched.id
  rotation_lambda_arn = "arn:aws:lambda:eu-west-1:123456789012:function:rotate"
  rotation_rules {
    automatically_after_days = 30
  }
}

# What is looked up rather than kept from others.
resource "aws_secretsmanager_secret" "channel" {
  name = "alerts/slack_channel_id"
}

resource "aws_secretsmanager_secret" "alerts_email" {
  name = "app/alerts"
}

resource "aws_secretsmanager_secret" "mail_access_key_id" { # expect: SEC10 warning
  name = "mail/access_key_id"
}
