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
