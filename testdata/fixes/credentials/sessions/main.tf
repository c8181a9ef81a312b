variable "hours" {
  type    = number
  default = 43200
}

resource "aws_iam_role" "default" {
  assume_role_policy   = "{}"
  max_session_duration = var.hours
}

resource "aws_iam_role" "long" {
  assume_role_policy   = "{}"
  max_session_duration = 43200 # half a day
}

resource "aws_iam_role" "quoted" {
  assume_role_policy   = "{}"
  max_session_duration = "43200"
}

resource "aws_iam_role" "computed" {
  assume_role_policy   = "{}"
  max_session_duration = 12 * 3600
}

resource "aws_rolesanywhere_profile" "long" { duration_seconds = 43200 }

resource "aws_ssoadmin_permission_set" "long" {
  name             = "long"
  instance_arn     = "arn:aws:sso:::instance/ssoins-1111111111111111"
  session_duration = "PT12H"
}
