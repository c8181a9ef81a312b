data "aws_partition" "current" {}

data "aws_iam_policy_document" "no_root" {
  statement {
    effect      = "Deny"
    not_actions = ["s3:GetBucketPolicy"]
    resources   = ["*"]

    condition {
      test     = "arnlike"
      variable = "AWS:PrincipalARN"
      values   = ["arn:${data.aws_partition.current.partition}:iam::*:root"]
    }
  }
}

resource "aws_organizations_organization" "main" {
  enabled_policy_types = ["SERVICE_CONTROL_POLICY"]
}

resource "aws_organizations_policy" "no_root" {
  name    = "no-root"
  type    = "SERVICE_CONTROL_POLICY"
  content = data.aws_iam_policy_document.no_root.json
}

resource "aws_organizations_policy_attachment" "no_root" {
  for_each  = toset(aws_organizations_organization.main.roots[*].id)
  policy_id = aws_organizations_policy.no_root.id
  target_id = each.value
}
