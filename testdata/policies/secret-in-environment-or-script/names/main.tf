# What stands beside secrets in environments without being one, and keys to encrypt with.

resource "aws_lambda_function" "names" {
  function_name = "names"
  role          = "arn:aws:iam::111122223333:role/names"

  environment {
    variables = {
      ENCRYPTION_KEY          = "0f1e2d3c4b5a69788796a5b4c3d2e1f00f1e2d3c4b5a69788796a5b4c3d2e1f0" # expect: SEC05
      KMS_ENCRYPTION_KEY      = "0f1e2d3c-4b5a-4978-8796-a5b4c3d2e1f0"
      STATE_TOKEN_TABLE       = "oauth-state-tokens"
      AWS_CREDENTIALS_PROFILE = "production-admin"
      PASSWORD_SALT_ROUNDS    = "12rounds"
      PASSWORD_HASH           = "$2a$10$Mivhwzzd1MlCQbqzAJvGxe8yqIaHfzTnBGD8SpKcdEOcGIjBqfCYS"
      ADMIN_PASSWORD          = "$2a$10$Mivhwzzd1MlCQbqzAJvGxe8yqIaHfzTnBGD8SpKcdEOcGIjBqfCYS"
      ROOT_PASSWORD           = "see-secrets-manager"
      DATABASE_SECRET         = "rds!db-0f1e2d3c-4b5a-4978-8796-a5b4c3d2e1f0"
      CACHE_TOKEN             = filemd5("main.tf")
    }
  }
}

resource "aws_instance" "commands" {
  ami                  = "ami-0abcdef1234567890"
  instance_type        = "t3.micro"
  iam_instance_profile = "commands"

  metadata_options {
    http_tokens = "required"
  }

  user_data = <<-EOF
    #!/bin/bash
    aws ecr get-login-password | docker login --username AWS --password-stdin 111122223333.dkr.ecr.eu-west-1.amazonaws.com
    htpasswd -bc /etc/nginx/.htpasswd admin hunter22x # expect: SEC05
    htpasswd -c /etc/nginx/.htpasswd admin
    echo "requirepass hunter22y" >> /etc/redis/redis.conf # expect: SEC05
    mysqladmin -u root password 'hunter22z' # expect: SEC05
    keytool -genkey -storepass hunter22a -alias app # expect: SEC05
    rabbitmqctl add_user app "$RABBIT_PASSWORD"
  EOF
}

locals {
  assets_token = filemd5("main.tf")
}
