# want: EC201 site, IMDS02 site warning

resource "aws_elastic_beanstalk_environment" "site" {
  name        = "site"
  application = "site"
}

resource "aws_elastic_beanstalk_environment" "good" {
  name        = "good"
  application = "site"
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
