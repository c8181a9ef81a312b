variable "features" {
  type = list(string)
}

resource "aws_organizations_organization" "main" { # expect: ROOT03? "variable `features` has no default"
  aws_service_access_principals = ["iam.amazonaws.com"]
}

resource "aws_iam_organizations_features" "root" {
  enabled_features = var.features
}
