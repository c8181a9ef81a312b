data "aws_caller_identity" "this" {}

resource "aws_iam_access_key" "root" {
  user = "arn:aws:iam::${data.aws_caller_identity.this.account_id}:root" # expect: ROOT01
}

resource "aws_iam_access_key" "open" { # expect: KEY01
  user = "arn:aws:iam::${data.aws_caller_identity.this.account_id}:user/bob"
}
