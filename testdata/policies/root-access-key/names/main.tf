resource "aws_iam_access_key" "root" {
  user = "root" # expect: ROOT01
}

resource "aws_iam_access_key" "report" {
  user = "<root_account>" # expect: ROOT01
}

resource "aws_iam_access_key" "arn" {
  user = "arn:aws:iam::123456789012:root" # expect: ROOT01
}

resource "aws_iam_access_key" "loud" {
  user   = " ROOT " # expect: ROOT01
  status = "Inactive"
}

resource "aws_iam_access_key" "rootless" { # expect: KEY01
  user = "rootless"
}

resource "aws_iam_access_key" "variable" {
  user = var.owner
}

variable "owner" {
  default = "root" # expect: ROOT01
}

data "aws_iam_policy_document" "trust" {
  statement {
    actions = ["sts:AssumeRole"]
    principals {
      type        = "AWS"
      identifiers = ["arn:aws:iam::123456789012:root"]
    }
  }
}
