# want: IMDS01 site, EC201 site

resource "aws_elastic_beanstalk_environment" "site" {
  application = "site"
  setting {
    namespace = "aws:autoscaling:launchconfiguration"
    name      = "DisableIMDSv1"
    value     = "false"
  }
}
