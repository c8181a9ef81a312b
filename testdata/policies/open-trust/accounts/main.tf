provider "aws" {
  allowed_account_ids = ["111122223333"]
}

provider "aws" {
  alias = "other"
  assume_role {
    role_arn = "arn:aws:iam::444455556666:role/deploy"
  }
}

locals {
  trust = {
    for account in ["111122223333", "444455556666"] : account => jsonencode({
      Statement = {
        Effect    = "Allow"
        Action    = "sts:AssumeRole"
        Principal = { AWS = "arn:aws:iam::${account}:root" }
      }
    })
  }
}

resource "aws_iam_role" "own" {
  assume_role_policy = local.trust["111122223333"]
}

resource "aws_iam_role" "other_own" {
  provider           = aws.other
  assume_role_policy = local.trust["444455556666"]
}

resource "aws_iam_role" "foreign" {
  assume_role_policy = jsonencode({
    Statement = {
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { AWS = "444455556666" } # expect: ROLE03 warning "is not this account"
    }
  })
}

resource "aws_iam_role" "foreign_with_id" {
  assume_role_policy = jsonencode({
    Statement = {
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { AWS = "444455556666" }
      Condition = { StringEquals = { "sts:ExternalId" = "shop" } }
    }
  })
}
