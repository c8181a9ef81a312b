resource "aws_iam_openid_connect_provider" "github" {
  url            = "https://token.actions.githubusercontent.com"
  client_id_list = ["sts.amazonaws.com"]
}

resource "aws_iam_saml_provider" "corporate" {
  name                   = "corporate"
  saml_metadata_document = file("metadata.xml")
}

data "aws_iam_policy_document" "github" {
  for_each = {
    any_repository = "repo:*" # expect: ROLE03 warning "any_repository"
    any_name       = "repo:acme*" # expect: ROLE03 warning "any_name"
    organization   = "repo:acme/*"
    branch         = "repo:acme/shop:ref:refs/heads/main"
  }
  statement {
    actions = ["sts:AssumeRoleWithWebIdentity"]
    principals {
      type        = "Federated"
      identifiers = [aws_iam_openid_connect_provider.github.arn]
    }
    condition {
      test     = "StringEquals"
      variable = "token.actions.githubusercontent.com:aud"
      values   = ["sts.amazonaws.com"]
    }
    condition {
      test     = "StringLike"
      variable = "token.actions.githubusercontent.com:sub"
      values   = [each.value]
    }
  }
}

resource "aws_iam_role" "github" {
  for_each           = data.aws_iam_policy_document.github
  assume_role_policy = each.value.json
}

resource "aws_iam_role" "github_any" {
  assume_role_policy = jsonencode({
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRoleWithWebIdentity"
      Principal = { Federated = "arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com" } # expect: ROLE03 warning "anybody's jobs at token.actions"
      Condition = { StringEquals = { "token.actions.githubusercontent.com:aud" = "sts.amazonaws.com" } }
    }]
  })
}

resource "aws_iam_role" "github_wide" {
  assume_role_policy = jsonencode({
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRoleWithWebIdentity"
      Principal = { Federated = aws_iam_openid_connect_provider.github.arn }
      Condition = {
        StringEquals             = { "token.actions.githubusercontent.com:aud" = "sts.amazonaws.com" }
        "ForAnyValue:StringLike" = { "Token.Actions.GithubUserContent.com:SUB" = ["repo:acme/shop:*", "repo:acme*"] } # expect: ROLE03 warning "owners who are not you"
      }
    }]
  })
}

data "aws_iam_openid_connect_provider" "github" {
  url = "https://token.actions.githubusercontent.com"
}

resource "aws_iam_role" "github_looked_up" {
  # expect-below: ROLE03 warning "github_looked_up"
  assume_role_policy = jsonencode({
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRoleWithWebIdentity"
      Principal = { Federated = data.aws_iam_openid_connect_provider.github.arn }
      Condition = { StringEquals = { "token.actions.githubusercontent.com:aud" = "sts.amazonaws.com" } }
    }]
  })
}

variable "repository" {
  type = string
}

resource "aws_iam_role" "github_open" {
  assume_role_policy = jsonencode({
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRoleWithWebIdentity"
      Principal = { Federated = aws_iam_openid_connect_provider.github.arn }
      Condition = {
        StringEquals = { "token.actions.githubusercontent.com:aud" = "sts.amazonaws.com" }
        StringLike   = { "token.actions.githubusercontent.com:sub" = "repo:${var.repository}*" } # expect: ROLE03?
      }
    }]
  })
}

# Every repository may have a branch and an environment of this name.
resource "aws_iam_role" "github_chosen" {
  for_each = toset([
    "environment:production", # expect: ROLE03 warning "strangers' jobs"
    "ref:refs/heads/*",       # expect: ROLE03 warning "strangers' jobs"
  ])
  assume_role_policy = jsonencode({
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRoleWithWebIdentity"
      Principal = { Federated = aws_iam_openid_connect_provider.github.arn }
      Condition = {
        StringEquals = { "token.actions.githubusercontent.com:aud" = "sts.amazonaws.com" }
        StringLike   = { "token.actions.githubusercontent.com:sub" = each.value }
      }
    }]
  })
}

resource "aws_iam_role" "github_fine" {
  for_each = {
    custom = { StringEquals = { "token.actions.githubusercontent.com:sub" = "environment:production:repository_owner:acme" } }
    known  = { StringLike = { "token.actions.githubusercontent.com:sub" = "repo:${var.repository}:*" } }
    equal  = { StringEquals = { "token.actions.githubusercontent.com:sub" = var.repository } }
    flow   = { StringLike = { "token.actions.githubusercontent.com:job_workflow_ref" = "acme/flows/*" } }
    branch = { StringEquals = { "token.actions.githubusercontent.com:sub" = ["repo:acme/shop:ref:refs/heads/main"] } }
  }
  assume_role_policy = jsonencode({
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRoleWithWebIdentity"
      Principal = { Federated = aws_iam_openid_connect_provider.github.arn }
      Condition = merge(each.value, {
        "ForAllValues:StringEquals" = { "token.actions.githubusercontent.com:aud" = "sts.amazonaws.com" }
      })
    }]
  })
}

# An issuer of one's own, and one of a cluster: the audience is what is asked for.
resource "aws_iam_role" "cluster" {
  assume_role_policy = jsonencode({
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRoleWithWebIdentity" # expect: ROLE03 warning "issued for others"
      Principal = { Federated = "arn:aws:iam::111122223333:oidc-provider/oidc.eks.eu-west-1.amazonaws.com/id/EXAMPLE" }
      Condition = { StringEquals = { "oidc.eks.eu-west-1.amazonaws.com/id/EXAMPLE:sub" = "system:serviceaccount:default:app" } }
    }]
  })
}

resource "aws_iam_role" "pool" {
  assume_role_policy = jsonencode({
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRoleWithWebIdentity"
      Principal = { Federated = "cognito-identity.amazonaws.com" }
      Condition = { StringEquals = { "cognito-identity.amazonaws.com:aud" = var.repository } }
    }]
  })
}

resource "aws_iam_role" "saml" {
  assume_role_policy = jsonencode({
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRoleWithSAML" # expect: ROLE03 warning "SAML:aud"
      Principal = { Federated = "arn:aws:iam::111122223333:saml-provider/corporate" }
    }]
  })
}

resource "aws_iam_role" "saml_fine" {
  assume_role_policy = jsonencode({
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRoleWithSAML"
      Principal = { Federated = aws_iam_saml_provider.corporate.arn }
      Condition = { StringEquals = { "SAML:aud" = "https://signin.aws.amazon.com/saml" } }
    }]
  })
}
