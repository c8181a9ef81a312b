# https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/codebuild_source_credential
resource "aws_codebuild_source_credential" "connection" {
  auth_type   = "CODECONNECTIONS"
  server_type = "GITHUB"
  token       = "arn:aws:codeconnections:us-east-1:123456789012:connection/guid"
}

resource "aws_codebuild_source_credential" "secret" {
  auth_type   = "SECRETS_MANAGER"
  server_type = "GITHUB"
  token       = var.arn
}

variable "arn" {}

resource "aws_codebuild_source_credential" "token" {
  auth_type   = "PERSONAL_ACCESS_TOKEN"
  server_type = "GITHUB"
  token       = "petrel-sleet-1" # expect: SEC01
}

resource "github_actions_secret" "value" {
  repository  = "app"
  secret_name = "DB"
  value       = "petrel-sleet-2" # expect: SEC01
}
