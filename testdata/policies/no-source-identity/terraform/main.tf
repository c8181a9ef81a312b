data "aws_caller_identity" "this" {}

resource "aws_iam_user" "bob" {
  name = "bob"
}

data "aws_iam_policy_document" "people" {
  statement {
    actions = ["sts:AssumeRole"]
    principals {
      type        = "Service"
      identifiers = ["ec2.amazonaws.com"]
    }
    principals {
      type        = "AWS"
      identifiers = [aws_iam_user.bob.arn]
    }
  }
}

resource "aws_iam_role" "by_user" {
  assume_role_policy = data.aws_iam_policy_document.people.json # expect: ROLE04 note "aws_iam_role.by_user"
}

resource "aws_iam_role" "by_account" {
  assume_role_policy = jsonencode({
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { AWS = "arn:aws:iam::${data.aws_caller_identity.this.account_id}:root" } # expect: ROLE04 note "who is behind"
    }]
  })
}

resource "aws_iam_role" "by_number" {
  assume_role_policy = jsonencode({
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { AWS = ["arn:aws:iam::111122223333:role/ci", "444455556666"] } # expect: ROLE04 note
    }]
  })
}

# It may be said, or has to be.
resource "aws_iam_role" "may_say" {
  assume_role_policy = jsonencode({
    Statement = [
      { Effect = "Allow", Action = "sts:AssumeRole", Principal = { AWS = aws_iam_user.bob.arn } },
      { Effect = "Allow", Action = ["sts:SetSourceIdentity"], Principal = { AWS = aws_iam_user.bob.arn } },
    ]
  })
}

resource "aws_iam_role" "must_say" {
  assume_role_policy = jsonencode({
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { AWS = aws_iam_user.bob.arn }
      Condition = { StringLike = { "sts:sourceidentity" = "*@example.com" } }
    }]
  })
}

# Machines have roles of their own.
resource "aws_iam_role" "by_role" {
  assume_role_policy = jsonencode({
    Statement = [
      { Effect = "Allow", Action = "sts:AssumeRole", Principal = { AWS = "arn:aws:iam::111122223333:role/ci" } },
      { Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ec2.amazonaws.com" } },
    ]
  })
}

variable "conditions" {
  type = any
}

resource "aws_iam_role" "open" {
  assume_role_policy = jsonencode({
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { AWS = aws_iam_user.bob.arn }
      Condition = var.conditions
    }]
  }) # what the condition asks for is not known
}
