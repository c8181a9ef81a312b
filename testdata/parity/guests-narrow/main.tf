# want:
# strict: ROLE05

resource "aws_cognito_identity_pool" "pool" {
  identity_pool_name               = "pool"
  allow_unauthenticated_identities = true
  allow_classic_flow               = false
}

resource "aws_iam_role" "user" {
  name = "user"
  assume_role_policy = jsonencode({
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRoleWithWebIdentity", Principal = { Federated = "cognito-identity.amazonaws.com" } }]
  })
}

resource "aws_iam_role" "guest" {
  name = "guest"
  assume_role_policy = jsonencode({
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRoleWithWebIdentity", Principal = { Federated = "cognito-identity.amazonaws.com" } }]
  })
}

resource "aws_cognito_identity_pool_roles_attachment" "roles" {
  identity_pool_id = aws_cognito_identity_pool.pool.id
  roles = {
    authenticated   = aws_iam_role.user.arn
    unauthenticated = aws_iam_role.guest.arn
  }
}
