locals {
  # expect-below: SEC02 "GitHub"
  settings = "@B64({"registry": "ghcr.io", "auth": "@GITHUB@"})@"
  other    = "@B64({"registry": "ghcr.io", "auth": "ghp_is the beginning of a token"})@"
}

resource "aws_instance" "piped" {
  iam_instance_profile = "web"
  metadata_options {
    http_tokens = "required"
  }
  user_data = <<-EOT
    echo @GZ(export HOOK=@SLACK@\n)@ | base64 -d | gunzip > /etc/hook # expect: SEC02 "Slack"
    echo @B64(export REGION=eu-west-1\n)@ | base64 -d > /etc/region
  EOT
}
