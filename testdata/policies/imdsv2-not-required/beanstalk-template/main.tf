resource "aws_elastic_beanstalk_configuration_template" "unsaid" { # expect: IMDS02 warning
  name        = "unsaid"
  application = "shop"

  setting {
    namespace = "aws:autoscaling:launchconfiguration"
    name      = "IamInstanceProfile"
    value     = "web"
  }
}

resource "aws_elastic_beanstalk_configuration_template" "good" {
  name        = "good"
  application = "shop"

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
}
