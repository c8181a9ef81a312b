resource "aws_organizations_organization" "main" { # expect: ROOT04 warning "denies the root user some actions only"
  enabled_policy_types = ["SERVICE_CONTROL_POLICY"]
}

resource "aws_organizations_policy" "regions" {
  name    = "regions"
  content = <<-EOT
    {
      "Version": "2012-10-17",
      "Statement": [
        {
          "Effect": "Deny",
          "Action": "*",
          "Resource": "*",
          "Condition": {"StringNotEquals": {"aws:RequestedRegion": "eu-west-1"}}
        }
      ]
    }
  EOT
}

resource "aws_organizations_policy" "some" {
  name = "some"
  content = jsonencode({
    Statement = {
      Effect    = "Deny"
      Action    = ["ec2:*"]
      Resource  = "*"
      Condition = { StringLike = { "aws:PrincipalArn" = "arn:aws:iam::*:root" } }
    }
  })
}

# It denies nothing to principals.
resource "aws_organizations_policy" "resources" {
  name = "resources"
  type = "RESOURCE_CONTROL_POLICY"
  content = jsonencode({
    Statement = [{
      Effect    = "Deny"
      Action    = "*"
      Resource  = "*"
      Condition = { StringLike = { "aws:PrincipalArn" = "arn:aws:iam::*:root" } }
    }]
  })
}

resource "aws_organizations_policy_attachment" "all" {
  for_each  = { regions = aws_organizations_policy.regions.id, resources = aws_organizations_policy.resources.id }
  policy_id = each.value
  target_id = aws_organizations_organization.main.roots[0].id
}

resource "aws_organizations_policy_attachment" "full" {
  policy_id = "p-FullAWSAccess"
  target_id = aws_organizations_organization.main.roots[0].id
}
