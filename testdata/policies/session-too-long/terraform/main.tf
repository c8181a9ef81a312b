variable "duration" {
  default = 43200 # expect: ROLE02 warning "aws_iam_role.by_default"
}

variable "open" {
  type = number
}

locals {
  trust = jsonencode({
    Statement = { Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ec2.amazonaws.com" } }
  })
}

resource "aws_iam_role" "by_default" {
  assume_role_policy   = local.trust
  max_session_duration = var.duration
}

resource "aws_iam_role" "long" {
  assume_role_policy   = local.trust
  max_session_duration = 14401 # expect: ROLE02 warning "14401 seconds"
}

resource "aws_iam_role" "unsaid" {
  assume_role_policy = local.trust
}

resource "aws_iam_role" "fine" {
  assume_role_policy   = local.trust
  max_session_duration = 14400
}

resource "aws_iam_role" "open" {
  assume_role_policy   = local.trust
  max_session_duration = var.open # expect: ROLE02?
}

resource "aws_ssoadmin_permission_set" "long" {
  name             = "long"
  instance_arn     = "arn:aws:sso:::instance/ssoins-1111111111111111"
  session_duration = "PT8H1M" # expect: ROLE02 warning "working day"
}

resource "aws_ssoadmin_permission_set" "minutes" {
  name             = "minutes"
  instance_arn     = "arn:aws:sso:::instance/ssoins-1111111111111111"
  session_duration = "PT720M" # expect: ROLE02 warning
}

resource "aws_ssoadmin_permission_set" "fine" {
  for_each         = { a = "PT8H", b = "PT30M", c = null }
  name             = each.key
  instance_arn     = "arn:aws:sso:::instance/ssoins-1111111111111111"
  session_duration = each.value
}

resource "aws_rolesanywhere_profile" "long" {
  name             = "long"
  role_arns        = []
  duration_seconds = 43200 # expect: ROLE02 warning "aws_rolesanywhere_profile.long"
}
