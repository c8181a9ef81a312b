variable "classic" {
  type = bool
}

variable "role" {
  type = string
}

resource "aws_cognito_identity_pool" "classic" {
  identity_pool_name = "classic"
  allow_classic_flow = true # expect: ROLE05 warning "choose their role"
}

resource "aws_cognito_identity_pool" "open" {
  identity_pool_name = "open"
  allow_classic_flow = var.classic # expect: ROLE05?
}

resource "aws_cognito_identity_pool" "fine" {
  identity_pool_name               = "fine"
  allow_unauthenticated_identities = true
  allow_classic_flow               = false
}

locals {
  trust = jsonencode({
    Statement = {
      Effect    = "Allow"
      Action    = "sts:AssumeRoleWithWebIdentity"
      Principal = { Federated = "cognito-identity.amazonaws.com" }
      Condition = { StringEquals = { "cognito-identity.amazonaws.com:aud" = aws_cognito_identity_pool.fine.id } }
    }
  })
}

resource "aws_iam_role" "user" {
  name               = "user"
  assume_role_policy = local.trust
}

resource "aws_iam_role" "guest" {
  name               = "guest"
  assume_role_policy = local.trust
}

resource "aws_iam_role" "wide_guest" {
  name               = "wide-guest"
  assume_role_policy = local.trust
}

resource "aws_iam_role" "admin_guest" {
  name               = "admin-guest"
  assume_role_policy = local.trust
}

resource "aws_iam_role_policy" "guest" {
  role = aws_iam_role.guest.id
  policy = jsonencode({
    Statement = {
      Effect   = "Allow"
      Action   = ["mobileanalytics:PutEvents", "cognito-sync:*", "s3:GetObject"]
      Resource = "*"
    }
  })
}

resource "aws_iam_role_policy" "wide_guest" {
  role = aws_iam_role.wide_guest.name
  policy = jsonencode({
    Statement = {
      Effect   = "Allow"
      Action   = ["s3:*"] # expect: ROLE05 warning "do everything in a service"
      Resource = "*"
    }
  })
}

resource "aws_iam_role_policy_attachment" "admin_guest" {
  role       = aws_iam_role.admin_guest.name
  policy_arn = "arn:aws:iam::aws:policy/AdministratorAccess" # expect: ROLE05 warning "AdministratorAccess"
}

resource "aws_cognito_identity_pool_roles_attachment" "same" {
  identity_pool_id = aws_cognito_identity_pool.fine.id
  roles = {
    authenticated   = aws_iam_role.user.arn
    unauthenticated = aws_iam_role.user.arn # expect: ROLE05 warning "those who have signed in"
  }
}

resource "aws_cognito_identity_pool_roles_attachment" "own" {
  identity_pool_id = aws_cognito_identity_pool.fine.id
  roles = {
    authenticated   = aws_iam_role.user.arn
    unauthenticated = aws_iam_role.guest.arn
  }
  role_mapping {
    identity_provider         = "graph.facebook.com"
    type                      = "Token"
    ambiguous_role_resolution = "AuthenticatedRole" # expect: ROLE05 note "claims fit none"
  }
  role_mapping {
    identity_provider         = "accounts.google.com"
    type                      = "Token"
    ambiguous_role_resolution = "Deny"
  }
}

resource "aws_cognito_identity_pool_roles_attachment" "wide" {
  identity_pool_id = aws_cognito_identity_pool.fine.id
  roles            = { unauthenticated = aws_iam_role.wide_guest.arn }
}

resource "aws_cognito_identity_pool_roles_attachment" "admin" {
  identity_pool_id = aws_cognito_identity_pool.fine.id
  roles            = { unauthenticated = aws_iam_role.admin_guest.arn }
}

resource "aws_cognito_identity_pool_roles_attachment" "elsewhere" {
  identity_pool_id = aws_cognito_identity_pool.fine.id
  roles            = { authenticated = aws_iam_role.user.arn, unauthenticated = var.role }
}
