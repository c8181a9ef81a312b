# Which options there are, callers say; one of them may be the profile.
variable "environment_settings" {
  type = list(object({ namespace = string, name = string, value = string }))
}

resource "aws_elastic_beanstalk_environment" "open" {
  dynamic "setting" {
    for_each = var.environment_settings
    content {
      namespace = setting.value.namespace # expect: IMDS01?
      name      = setting.value.name
      value     = setting.value.value
    }
  }
}

# Of another namespace they all are.
resource "aws_elastic_beanstalk_environment" "bad" { # expect: EC201; IMDS02 warning
  dynamic "setting" {
    for_each = var.environment_settings
    content {
      namespace = "aws:elasticbeanstalk:application:environment"
      name      = setting.value.name
      value     = setting.value.value
    }
  }
}
