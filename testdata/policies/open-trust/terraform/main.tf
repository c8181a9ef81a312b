resource "aws_iam_role" "anyone" {
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = "*" # expect: ROLE03 warning "aws_iam_role.anyone lets anybody"
    }]
  })
}

resource "aws_iam_role" "anyone_in_a_list" {
  assume_role_policy = <<-POLICY
    {
      "Version": "2012-10-17",
      "Statement": {
        "Effect": "Allow",
        "Sid": "expect-two-below: ROLE03 warning",
        "Action": ["sts:TagSession", "sts:AssumeRole"],
        "Principal": {"AWS": ["arn:aws:iam::111122223333:role/ci", "*"]},
        "Condition": {"StringEqualsIfExists": {"aws:PrincipalOrgID": "o-1111111111"}}
      }
    }
  POLICY
}

data "aws_iam_policy_document" "anyone" {
  statement {
    actions = ["sts:Assume*"]
    principals {
      type        = "AWS"
      identifiers = ["*"] # expect: ROLE03 warning "aws_iam_role.by_document"
    }
    condition {
      test     = "StringLike"
      variable = "aws:PrincipalArn"
      values   = ["arn:aws:iam::*:role/admin"]
    }
  }
}

resource "aws_iam_role" "by_document" {
  assume_role_policy = data.aws_iam_policy_document.anyone.json
}

resource "aws_iam_role" "others" {
  assume_role_policy = jsonencode({
    Statement = [{
      Effect       = "Allow"
      Action       = "sts:AssumeRole"
      NotPrincipal = { AWS = "arn:aws:iam::111122223333:user/bob" } # expect: ROLE03 warning "everybody whom it does not list"
    }]
  })
}

resource "aws_iam_role" "everything" {
  assume_role_policy = jsonencode({
    Statement = [
      {
        Effect    = "Allow"
        Action    = ["sts:AssumeRole", "sts:*"] # expect: ROLE03 warning "every action"
        Principal = { Service = "ec2.amazonaws.com" }
      },
    ]
  })
}

# Who may come is narrowed: by a condition of the statement, or by a denial for all others.
resource "aws_iam_role" "narrowed" {
  for_each = {
    org     = { StringEquals = { "aws:PrincipalOrgID" = "o-1111111111" } }
    paths   = { "ForAnyValue:StringLike" = { "AWS:principalorgpaths" = ["o-1111111111/*"] } }
    arn     = { ArnLike = { "aws:PrincipalArn" = ["arn:aws:iam::111122223333:role/*"] } }
    account = { StringEqualsIfExists = { "aws:PrincipalAccount" = "111122223333" } }
    id      = { StringEquals = { "sts:ExternalId" = var.external_id } }
    source  = { StringEquals = { "aws:SourceAccount" = "111122223333" } }
  }
  assume_role_policy = jsonencode({
    Statement = {
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { AWS = "*" }
      Condition = each.value
    }
  })
}

resource "aws_iam_role" "denied" {
  assume_role_policy = jsonencode({
    Statement = [
      { Effect = "Allow", Action = "sts:AssumeRole", Principal = { AWS = "*" } },
      {
        Effect    = "Deny"
        Action    = "sts:AssumeRole"
        Principal = "*"
        Condition = { StringNotEquals = { "aws:PrincipalOrgID" = "o-1111111111" } }
      },
    ]
  })
}

resource "aws_iam_role" "fine" {
  assume_role_policy = jsonencode({
    Statement = [
      { Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = ["ec2.amazonaws.com", "ecs-tasks.amazonaws.com"] } },
      { Effect = "Allow", Action = "sts:AssumeRole", Principal = { AWS = "arn:aws:iam::111122223333:role/ci" } },
      { Effect = "Allow", Action = "sts:AssumeRole", Principal = { AWS = data.aws_caller_identity.this.account_id } },
      { Effect = "Allow", Action = "sts:AssumeRole", Principal = { AWS = "arn:aws:iam::${data.aws_caller_identity.this.account_id}:root" } },
      { Effect = "Allow", Action = "sts:AssumeRole", Principal = { AWS = aws_iam_role.anyone.arn } },
      { Effect = "Allow", Action = "sts:TagSession", Principal = { AWS = "*" } },
      { Effect = "Deny", NotAction = "sts:AssumeRole", NotPrincipal = { AWS = "arn:aws:iam::111122223333:root" } },
    ]
  })
}

data "aws_caller_identity" "this" {}

variable "external_id" {
  type = string
}

variable "trusted" {
  type = list(string)
}

variable "policy" {
  type = string
}

resource "aws_iam_role" "open" {
  # expect-below: ROLE03?
  assume_role_policy = jsonencode({
    Statement = {
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { AWS = var.trusted }
    }
  })
}

resource "aws_iam_role" "whole" {
  assume_role_policy = var.policy # expect: ROLE03?
}

resource "aws_iam_role" "account" {
  assume_role_policy = jsonencode({
    Statement = {
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { AWS = "arn:aws:iam::111122223333:root" } # expect: ROLE03?
    }
  })
}
