resource "aws_iam_user" "bob" {
  name = "bob"
}

resource "aws_iam_user" "careful" {
  name = "careful"
}

resource "aws_iam_user" "member" {
  name = "member"
}

resource "aws_iam_group" "admins" {
  name = "admins"
}

resource "aws_iam_group" "guarded" {
  name = "guarded"
}

resource "aws_iam_user_policy" "everything" {
  user = aws_iam_user.bob.name
  policy = jsonencode({
    Statement = [{
      Effect   = "Allow"
      Action   = "*" # expect: MFA01 warning "lets a user do everything"
      Resource = "*"
    }]
  })
}

resource "aws_iam_group_policy" "instances" {
  group = aws_iam_group.admins.name
  policy = jsonencode({
    Statement = [{
      Effect   = "Allow"
      Action   = ["ec2:Describe*", "ec2:Terminate*"] # expect: MFA01 warning "`ec2:Terminate*` needs no second factor"
      Resource = "*"
    }]
  })
}

data "aws_iam_policy_document" "keys" {
  statement {
    actions   = ["kms:ScheduleKeyDeletion"] # expect: MFA01 warning "aws_iam_policy.keys lets a group"
    resources = ["*"]
    condition {
      test     = "BoolIfExists"
      variable = "aws:MultiFactorAuthPresent"
      values   = ["true"]
    }
  }
}

resource "aws_iam_policy" "keys" {
  name   = "keys"
  policy = data.aws_iam_policy_document.keys.json
}

resource "aws_iam_group_policy_attachment" "keys" {
  group      = aws_iam_group.admins.name
  policy_arn = aws_iam_policy.keys.arn
}

resource "aws_iam_group_policy_attachment" "administrator" {
  group      = aws_iam_group.admins.name
  policy_arn = "arn:aws:iam::aws:policy/AdministratorAccess" # expect: MFA01 warning "AdministratorAccess"
}

resource "aws_iam_policy" "but" {
  name = "but"
  policy = jsonencode({
    Statement = [{
      Effect    = "Allow"
      NotAction = ["iam:*", "organizations:*"] # expect: MFA01 warning "aws_iam_policy.but"
      Resource  = "*"
    }]
  })
}

resource "aws_iam_policy_attachment" "but" {
  name       = "but"
  users      = [aws_iam_user.bob.name]
  policy_arn = aws_iam_policy.but.arn
}

resource "aws_ssoadmin_permission_set_inline_policy" "developer" {
  instance_arn       = "arn:aws:sso:::instance/ssoins-1111111111111111"
  permission_set_arn = "arn:aws:sso:::permissionSet/ssoins-1111111111111111/ps-1111111111111111"
  inline_policy = jsonencode({
    Statement = [{
      Effect   = "Allow"
      Action   = "iam:*" # expect: MFA01 warning "inline_policy.developer allows what is hard to undo"
      Resource = "*"
    }]
  })
}

# Asked for: by the statement, by a denial among the user's policies, by one of the user's group.
resource "aws_iam_user_policy" "asked" {
  for_each = {
    bool = { Bool = { "aws:multifactorauthpresent" = "true" } }
    flag = { Bool = { "aws:MultiFactorAuthPresent" = true } }
    age  = { NumericLessThan = { "aws:MultiFactorAuthAge" = "3600" } }
  }
  user = aws_iam_user.bob.name
  policy = jsonencode({
    Statement = [{ Effect = "Allow", Action = "s3:DeleteBucket", Resource = "*", Condition = each.value }]
  })
}

locals {
  denial = {
    Effect    = "Deny"
    NotAction = ["iam:*MFADevice", "sts:GetSessionToken"]
    Resource  = "*"
    Condition = { BoolIfExists = { "aws:MultiFactorAuthPresent" = "false" } }
  }
}

resource "aws_iam_user_policy" "careful" {
  user   = "careful"
  policy = jsonencode({ Statement = [{ Effect = "Allow", Action = "*", Resource = "*" }] })
}

resource "aws_iam_policy" "denial" {
  name   = "denial"
  policy = jsonencode({ Statement = [local.denial] })
}

resource "aws_iam_user_policy_attachment" "careful" {
  user       = aws_iam_user.careful.name
  policy_arn = aws_iam_policy.denial.arn
}

resource "aws_iam_group_policy" "guarded" {
  group  = aws_iam_group.guarded.name
  policy = jsonencode({ Statement = [local.denial, { Effect = "Allow", Action = "iam:*", Resource = "*" }] })
}

resource "aws_iam_user_group_membership" "member" {
  user   = aws_iam_user.member.name
  groups = [aws_iam_group.guarded.name]
}

resource "aws_iam_user_policy_attachment" "member" {
  user       = aws_iam_user.member.name
  policy_arn = "arn:aws:iam::aws:policy/PowerUserAccess"
}

data "aws_iam_policy" "administrator" {
  name = "AdministratorAccess"
}

resource "aws_iam_user_policy_attachment" "looked_up" {
  user       = aws_iam_user.bob.name
  policy_arn = data.aws_iam_policy.administrator.arn # expect: MFA01 warning "AdministratorAccess"
}

# Identity Center asks at sign-in, and nothing in code could.
resource "aws_ssoadmin_managed_policy_attachment" "administrator" {
  instance_arn       = "arn:aws:sso:::instance/ssoins-1111111111111111"
  managed_policy_arn = "arn:aws:iam::aws:policy/AdministratorAccess"
  permission_set_arn = "arn:aws:sso:::permissionSet/ssoins-1111111111111111/ps-1111111111111111"
}

# Nothing sensitive, or nothing that it can be done to.
resource "aws_iam_user_policy" "harmless" {
  user = aws_iam_user.bob.name
  policy = jsonencode({
    Statement = [
      { Effect = "Allow", Action = ["s3:Get*", "iam:ChangePassword", "ec2:StartInstances"], Resource = "*" },
      { Effect = "Allow", Action = "s3:*", Resource = "arn:aws:s3:::files/*" },
      { Effect = "Allow", Action = "*", Resource = "arn:aws:s3:::files/uploads/*" },
      { Effect = "Deny", Action = "*", Resource = "*" },
    ]
  })
}

# Roles, and what nobody has.
resource "aws_iam_role_policy" "machine" {
  role   = "machine"
  policy = jsonencode({ Statement = [{ Effect = "Allow", Action = "*", Resource = "*" }] })
}

resource "aws_iam_policy" "machine" {
  name   = "machine"
  policy = jsonencode({ Statement = [{ Effect = "Allow", Action = "*", Resource = "*" }] })
}

resource "aws_iam_role_policy_attachment" "machine" {
  role       = "machine"
  policy_arn = aws_iam_policy.machine.arn
}
