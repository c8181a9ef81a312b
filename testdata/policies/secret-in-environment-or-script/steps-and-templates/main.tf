resource "aws_workspacesweb_identity_provider" "okta" {
  identity_provider_name = "okta"
  identity_provider_type = "OIDC"
  portal_arn             = "arn:aws:workspaces-web:eu-west-1:123456789012:portal/p"
  identity_provider_details = {
    client_id     = "web"
    client_secret = "corr3ct-horse-15" # expect: SEC05
  }
}
