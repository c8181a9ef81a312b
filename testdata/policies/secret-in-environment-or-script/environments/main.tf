variable "password" { # expect: SEC07 warning
  type = string
}

variable "written" {
  default = "corr3ct-horse-1" # expect: SEC05 "`DB_PASSWORD` in the environment of `aws_lambda_function.defaulted`"
}

resource "aws_lambda_function" "f" {
  function_name = "f"
  environment {
    variables = {
      DB_PASSWORD    = "corr3ct-horse-2" # expect: SEC05 "`DB_PASSWORD` in the environment of `aws_lambda_function.f`"
      HANDED_TOKEN   = var.password
      PASSWORD_FILE  = "/run/secrets/password"
      SECRET_NAME    = "prod/database"
      DB_SECRET      = "prod/database"
      TOKEN_ENDPOINT = "https://auth.internal/oauth/token"
      API_KEY_PATH   = "/app/api-key"
      API_KEY        = "/app/api-key"
      AUTH_TYPE      = "password1"
      TOKEN          = "changeme"
      SECRET         = ""
      KMS_SECRET     = "alias/app"
      USE_PASSWORD   = "true"
      PASSWORD_LIMIT = 1000000
      DB_TOKEN       = aws_secretsmanager_secret.db.name
      ARN_TOKEN      = aws_secretsmanager_secret.db.arn

      SESSION_TOKEN_COOKIE = "sid-cookie"
      TOKEN_VERIFIER       = "JwtVerifier"
      PATH_TO_PRIVATE_KEY  = "app-private-key7"
      WORDS_PASSWORD       = "plain-text-password" # expect: SEC05
      SPACED_PASSWORD      = "oh no D:"            # expect: SEC05
      PROSE_PASSWORD       = "the password of the database"
      WORDS_SECRET         = "plain-text-secret"
    }
  }
}

resource "aws_secretsmanager_secret" "db" {
  name = "database-credentials-7"
}

resource "aws_lambda_function" "defaulted" {
  function_name = "defaulted"
  environment {
    variables = {
      DB_PASSWORD = var.written
    }
  }
}

resource "aws_codebuild_project" "build" {
  name = "build"
  environment {
    environment_variable {
      name  = "NPM_TOKEN"
      value = "corr3ct-horse-3" # expect: SEC05 "aws_codebuild_project.build"
    }
    environment_variable {
      name  = "OTHER_TOKEN"
      value = "prod:token1"
      type  = "SECRETS_MANAGER"
    }
    environment_variable {
      name  = "THIRD_TOKEN"
      value = "prod-token-1"
      type  = "PARAMETER_STORE"
    }
  }
  source {
    type      = "NO_SOURCE"
    buildspec = <<-YAML
      version: 0.2
      env:
        variables:
          GIT_TOKEN: "corr3ct-horse-4" # expect: SEC05 "GIT_TOKEN"
        secrets-manager:
          HIDDEN_TOKEN: prod1:token1
        parameter-store:
          STORED_TOKEN: /prod/token1
    YAML
  }
}

resource "aws_ecs_task_definition" "encoded" {
  family = "encoded"
  container_definitions = jsonencode([{
    name        = "app"
    environment = [{ name = "API_KEY", value = "corr3ct-horse-5" }] # expect: SEC05 "`API_KEY` in the environment of `aws_ecs_task_definition.encoded`"
    secrets     = [{ name = "DB_PASSWORD", valueFrom = "arn:aws:secretsmanager:eu-west-1:111122223333:secret:db" }]
    command = [
      "app", "--password",
      "corr3ct-horse-6", # expect: SEC05 "password"
    ]
  }])
}

resource "aws_ecs_task_definition" "written" {
  family                = "written"
  container_definitions = <<-JSON
    [{
      "name": "app",
      "image": "${var.password}",
      "environment": [
        {"name": "EXPECT", "value": "# expect-below: SEC05"},
        {"name": "DB_PASSWORD", "value": "corr3ct-horse-7"}
      ]
    }]
  JSON
}

resource "aws_elastic_beanstalk_environment" "site" {
  name        = "site"
  application = "site"
  setting {
    namespace = "aws:elasticbeanstalk:application:environment"
    name      = "DB_PASSWORD"
    value     = "corr3ct-horse-8" # expect: SEC05 "aws_elastic_beanstalk_environment.site"
  }
  setting {
    namespace = "aws:autoscaling:launchconfiguration"
    name      = "IamInstanceProfile"
    value     = "site"
  }
  setting {
    namespace = "aws:autoscaling:launchconfiguration"
    name      = "DisableIMDSv1"
    value     = "true"
  }
}

resource "aws_apprunner_service" "site" {
  service_name = "site"
  source_configuration {
    image_repository {
      image_identifier      = "x"
      image_repository_type = "ECR"
      image_configuration {
        runtime_environment_variables = {
          DB_PASSWORD = "corr3ct-horse-9" # expect: SEC05 "runtime_environment_secrets"
        }
        runtime_environment_secrets = {
          API_TOKEN = "arn:aws:secretsmanager:eu-west-1:111122223333:secret:token"
        }
      }
    }
  }
}

resource "aws_glue_job" "job" {
  name     = "job"
  role_arn = "arn:aws:iam::111122223333:role/glue"
  command {
    script_location = "s3://b/k"
  }
  default_arguments = {
    "--db_password"    = "corr3ct-horse-10" # expect: SEC05 "aws_glue_job.job"
    "--secret_name"    = "prod/db"
    "--job-bookmark"   = "job-bookmark-enable"
  }
}
