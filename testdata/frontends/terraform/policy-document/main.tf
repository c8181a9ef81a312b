variable "open" {}

data "aws_iam_policy_document" "whole" {
  policy_id = "P"
  statement {
    sid       = "First"
    actions   = ["s3:GetObject", "s3:*", "s3:GetObject", "ec2:<&>"]
    resources = ["arn:aws:s3:::b/&{aws:username}", "arn:aws:s3:::a"]
    principals {
      type        = "Service"
      identifiers = ["ec2.amazonaws.com"]
    }
    principals {
      type        = "AWS"
      identifiers = ["b", "a", "c"]
    }
    principals {
      type        = "Service"
      identifiers = ["lambda.amazonaws.com"]
    }
    condition {
      test     = "StringLike"
      variable = "z"
      values   = ["b", "a&{x}"]
    }
    condition {
      test     = "Bool"
      variable = "aws:MultiFactorAuthPresent"
      values   = [true]
    }
    condition {
      test     = "StringLike"
      variable = "a"
      values   = ["one"]
    }
    condition {
      test     = "StringLike"
      variable = "z"
      values   = ["c"]
    }
  }
  statement {
    effect        = "Deny"
    not_actions   = ["&{kept}"]
    not_resources = ["*"]
    not_principals {
      type        = "*"
      identifiers = ["*"]
    }
  }
}

data "aws_iam_policy_document" "one" {
  statement {
    sid       = ""
    actions   = toset(["a"])
    resources = []
    principals {
      type        = "AWS"
      identifiers = ["*"]
    }
  }
}

data "aws_iam_policy_document" "empty" {
  version = "2008-10-17"
}

data "aws_iam_policy_document" "merged" {
  source_policy_documents = [
    data.aws_iam_policy_document.one.json,
    jsonencode({
      Id        = "S"
      Statement = [{ Sid = "Same", Effect = "Deny", Action = ["b", "a"], Resource = "*", Principal = { AWS = ["a", "b"] } }]
    }),
    jsonencode({
      Statement = [{ Sid = "Other", Effect = "Deny", Condition = { Bool = { x = true, y = ["1"] } }, Principal = "*" }]
    }),
    null,
  ]
  override_policy_documents = [
    jsonencode({ Version = "2012-10-17", Statement = [{ Sid = "Own", Effect = "Deny", Principal = { "*" = ["*"] } }] }),
    jsonencode({ Id = "O", Statement = [{ Effect = "Allow", NotResource = ["one"] }] }),
  ]
  version = "2008-10-17"
  statement {
    sid     = "Same"
    actions = ["replaced"]
  }
  statement {
    sid     = "Own"
    actions = ["gone"]
  }
}

data "aws_iam_policy_document" "dynamic" {
  for_each = { a = "x", b = "y" }
  dynamic "statement" {
    for_each = [1, 2]
    content {
      sid     = "${each.value}${statement.value}"
      actions = [each.key]
    }
  }
}

data "aws_iam_policy_document" "twice" {
  statement {
    sid = "A"
  }
  statement {
    sid = "A"
  }
}

data "aws_iam_policy_document" "open" {
  statement {
    actions   = ["a", var.open, "b"]
    resources = var.open
  }
}

locals {
  r = [
    data.aws_iam_policy_document.whole.minified_json,
    replace(data.aws_iam_policy_document.one.json, "\n", "|"),
    data.aws_iam_policy_document.empty.json == "{\n  \"Version\": \"2008-10-17\"\n}" ? "as expected" : "otherwise",
    data.aws_iam_policy_document.merged.minified_json,
    join(" ", [for key, each in data.aws_iam_policy_document.dynamic : each.minified_json]),
    data.aws_iam_policy_document.empty.id,
    data.aws_iam_policy_document.twice.json,
    data.aws_iam_policy_document.open.minified_json,
    data.aws_iam_policy_document.open.version,
  ]
}
