resource "aws_iam_access_key" "ci" { # expect: KEY01
  user = "ci"
}

resource "aws_lambda_function" "worker" {
  function_name = "worker"
  environment {
    variables = {
      KEY = aws_iam_access_key.ci.secret # expect: KEY04 "is handed a long-lived access key"
    }
  }
}

resource "aws_ssm_parameter" "clear" {
  name  = "/ci/key"
  type  = "String"
  value = aws_iam_access_key.ci.secret # expect: KEY04 "in clear"
}

resource "aws_ssm_parameter" "secure" {
  name  = "/ci/key"
  type  = "SecureString"
  value = aws_iam_access_key.ci.secret # expect: KEY04 warning "keeps a long-lived access key"
}

resource "aws_secretsmanager_secret_version" "ci" {
  secret_id = "ci"
  secret_string = jsonencode({
    id     = aws_iam_access_key.ci.id
    secret = aws_iam_access_key.ci.secret # expect: KEY04 warning
  })
}

resource "local_file" "credentials" {
  filename = "credentials"
  content  = "secret: ${aws_iam_access_key.ci.secret}" # expect: KEY04 "to a file"
}

resource "kubernetes_secret" "ci" {
  metadata {
    name = "ci"
  }
  data = {
    secret = aws_iam_access_key.ci.secret # expect: KEY04 "to a cluster"
  }
}

resource "github_actions_secret" "ci" {
  repository      = "app"
  secret_name     = "AWS_SECRET_ACCESS_KEY"
  plaintext_value = aws_iam_access_key.ci.secret # expect: KEY04 warning "so has"
}

resource "aws_instance" "web" {
  iam_instance_profile = "web"
  metadata_options {
    http_tokens = "required"
  }
  provisioner "local-exec" {
    command = "deploy --key ${aws_iam_access_key.ci.secret}" # expect: KEY04 "to a command"
  }
}

# What names a key is no key.
resource "aws_ssm_parameter" "id" {
  name  = "/ci/id"
  type  = "String"
  value = aws_iam_access_key.ci.id
}

output "secret" {
  value     = aws_iam_access_key.ci.secret # expect: KEY04 "hands out"
  sensitive = true
}

output "encrypted" {
  value = aws_iam_access_key.ci.encrypted_secret # expect: KEY04
}

output "mail" {
  value     = { password = aws_iam_access_key.ci.ses_smtp_password_v4 } # expect: KEY04
  sensitive = true
}

output "id" {
  value = aws_iam_access_key.ci.id
}
