locals {
  issuers = {
    gitlab    = { host = "gitlab.com", sub = "project_path:acme/shop:ref_type:branch:ref:main" }
    terraform = { host = "app.terraform.io", sub = "organization:acme:project:shop:workspace:*:run_phase:*" }
    buildkite = { host = "agent.buildkite.com", sub = "organization:acme:pipeline:shop:*" }
  }
}

resource "aws_iam_role" "named" {
  for_each = local.issuers
  assume_role_policy = jsonencode({
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRoleWithWebIdentity"
      Principal = { Federated = "arn:aws:iam::111122223333:oidc-provider/${each.value.host}" }
      Condition = {
        StringEquals = { "${each.value.host}:aud" = "audience" }
        StringLike   = { "${each.value.host}:sub" = each.value.sub }
      }
    }]
  })
}

resource "aws_iam_role" "tagged" {
  assume_role_policy = jsonencode({
    Statement = [{
      Effect    = "Allow"
      Action    = ["sts:AssumeRoleWithWebIdentity", "sts:TagSession"]
      Principal = { Federated = "arn:aws:iam::111122223333:oidc-provider/agent.buildkite.com" }
      Condition = {
        StringEquals = {
          "agent.buildkite.com:aud"          = "sts.amazonaws.com"
          "aws:RequestTag/organization_slug" = "acme"
        }
      }
    }]
  })
}

resource "aws_iam_role" "gitlab_any" {
  assume_role_policy = jsonencode({
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRoleWithWebIdentity"
      Principal = { Federated = "arn:aws:iam::111122223333:oidc-provider/gitlab.com" } # expect: ROLE03 warning "gitlab.com"
      Condition = { StringEquals = { "gitlab.com:aud" = "https://gitlab.com" } }
    }]
  })
}

resource "aws_iam_role" "terraform_any" {
  assume_role_policy = jsonencode({
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRoleWithWebIdentity"
      Principal = { Federated = "arn:aws:iam::111122223333:oidc-provider/app.terraform.io" }
      Condition = {
        StringEquals = { "app.terraform.io:aud" = "aws.workload.identity" }
        StringLike   = { "app.terraform.io:sub" = "organization:*:project:shop:workspace:web:run_phase:*" } # expect: ROLE03 warning
      }
    }]
  })
}

# Who has no such tag passes.
resource "aws_iam_role" "buildkite_any" {
  assume_role_policy = jsonencode({
    Statement = [{
      Effect    = "Allow"
      Action    = ["sts:AssumeRoleWithWebIdentity", "sts:TagSession"]
      Principal = { Federated = "arn:aws:iam::111122223333:oidc-provider/agent.buildkite.com" } # expect: ROLE03 warning "agent.buildkite.com"
      Condition = {
        StringEquals         = { "agent.buildkite.com:aud" = "sts.amazonaws.com" }
        StringEqualsIfExists = { "aws:RequestTag/organization_slug" = "acme" }
      }
    }]
  })
}
