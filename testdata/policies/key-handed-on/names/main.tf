variable "id" {
  type      = string
  sensitive = true
}

variable "key" {
  type      = string
  sensitive = true
}

# Version 1 of the SDK for Java has names of its own.
resource "aws_elastic_beanstalk_environment" "java" {
  setting {
    namespace = "aws:autoscaling:launchconfiguration"
    name      = "IamInstanceProfile"
    value     = "web"
  }
  setting {
    namespace = "aws:autoscaling:launchconfiguration"
    name      = "DisableIMDSv1"
    value     = "true"
  }
  setting {
    namespace = "aws:elasticbeanstalk:application:environment"
    name      = "AWS_SECRET_KEY"
    value     = var.key # expect: KEY04
  }
}

resource "aws_lambda_function" "java" {
  function_name = "java"
  environment {
    variables = {
      AWS_ACCESS_KEY = var.id
      AWS_SECRET_KEY = var.key # expect: KEY04 "AWS_SECRET_KEY"
    }
  }
}

resource "aws_instance" "cmdlet" {
  iam_instance_profile = "web"
  metadata_options {
    http_tokens = "required"
  }
  user_data = <<-EOT
    <powershell>
    Set-AWSCredential -AccessKey ${var.id} -SecretKey ${var.key} -StoreAs default # expect: KEY04 "-SecretKey"
    </powershell>
  EOT
}

resource "aws_instance" "profile" {
  iam_instance_profile = "web"
  metadata_options {
    http_tokens = "required"
  }
  user_data = <<-EOT
    <powershell>
    Initialize-AWSDefaultConfiguration -ProfileName ${var.id} -Region eu-central-1
    Set-AWSCredential -AccessKey $id -SecretKey $key -SessionToken $token
    </powershell>
  EOT
}

resource "aws_lambda_function" "others" {
  function_name = "others"
  environment {
    variables = {
      aws_secret_key_name = "web"
      AWS_SECRET_KEY_ARN  = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:web"
    }
  }
}

variable "own" {
  sensitive = true
}

# Lambda reserves the usual names.
resource "aws_lambda_function" "own_names" {
  environment {
    variables = {
      BACKUP_AWS_ACCESS_KEY_ID     = "id"
      BACKUP_AWS_SECRET_ACCESS_KEY = var.own # expect: KEY04
    }
  }
}

resource "aws_lambda_function" "own_names_of_a_session" {
  environment {
    variables = {
      MY_AWS_SECRET_ACCESS_KEY = var.own
      MY_AWS_SESSION_TOKEN     = var.own
    }
  }
}

resource "aws_lambda_function" "names_about_keys" {
  environment {
    variables = {
      AWS_SECRET_ACCESS_KEY_ARN    = var.own
      AWS_ACCESS_KEY_ROTATION_DAYS = 90
    }
  }
}

resource "aws_lambda_function" "settings_about_keys" {
  environment {
    variables = {
      ROTATE_AWS_ACCESS_KEY          = "true"
      AWS_DYNAMODB_ACCESS_KEY        = "pk"
      AWS_SES_SECRET_KEY             = "/prod/ses/secret-key"
      AWS_SECRETS_MANAGER_SECRET_KEY = "db_password"
      AWS_SECRET_KEY_PROD            = "arn:aws:secretsmanager:us-east-1:123456789012:secret:web"
    }
  }
}
