resource "awscc_iam_access_key" "ci" { # expect: KEY01
  user_name = "ci"
}

resource "awscc_lambda_function" "own" {
  environment = {
    variables = {
      AWS_ACCESS_KEY_ID     = awscc_iam_access_key.ci.id
      AWS_SECRET_ACCESS_KEY = awscc_iam_access_key.ci.secret_access_key # expect: KEY04
    }
  }
}

resource "awscc_secretsmanager_secret" "own" {
  secret_string = awscc_iam_access_key.ci.secret_access_key # expect: KEY04 warning
}

resource "awscc_ssm_parameter" "own" {
  name  = "/ci/key"
  type  = "String"
  value = awscc_iam_access_key.ci.secret_access_key # expect: KEY04
}

resource "awscc_elasticbeanstalk_environment" "own" {
  application_name = "app"
  option_settings = [
    { namespace = "aws:autoscaling:launchconfiguration", option_name = "IamInstanceProfile", value = "web" },
    { namespace = "aws:autoscaling:launchconfiguration", option_name = "DisableIMDSv1", value = "true" },
    {
      namespace   = "aws:elasticbeanstalk:application:environment"
      option_name = "AWS_SECRET_ACCESS_KEY"
      value       = var.key # expect: KEY04
    },
  ]
}

variable "key" {
  type = string
}
