data "aws_iam_policy_document" "alone" {
  statement {
    actions = ["sts:AssumeRole"]
    principals {
      type        = "AWS"
      identifiers = ["*"] # expect: ROLE03 warning "data.aws_iam_policy_document.alone"
    }
  }
}

data "aws_iam_policy_document" "taken" {
  statement {
    actions = ["sts:AssumeRole"]
    principals {
      type        = "AWS"
      identifiers = ["*"] # expect: ROLE03 warning "aws_iam_role.taken"
    }
  }
}

resource "aws_iam_role" "taken" {
  assume_role_policy = data.aws_iam_policy_document.taken.json
}

data "aws_iam_policy_document" "part" {
  statement {
    actions = ["sts:AssumeRole"]
    principals {
      type        = "AWS"
      identifiers = ["*"] # expect: ROLE03 warning "data.aws_iam_policy_document.whole"
    }
  }
}

data "aws_iam_policy_document" "whole" {
  source_policy_documents = [data.aws_iam_policy_document.part.json]
}

# Of a bucket, and of what somebody may do.
data "aws_iam_policy_document" "bucket" {
  statement {
    actions   = ["s3:GetObject", "*"]
    resources = ["*"]
    principals {
      type        = "*"
      identifiers = ["*"]
    }
  }
}

data "aws_iam_policy_document" "assume" {
  statement {
    actions   = ["sts:AssumeRole"]
    resources = ["*"]
  }
}
