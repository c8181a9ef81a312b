resource "aws_sagemaker_notebook_instance" "one" {
  role_arn = "arn:aws:iam::123456789012:role/n"
  instance_metadata_service_configuration {
    minimum_instance_metadata_service_version = "1" # expect: IMDS01
  }
}

resource "aws_sagemaker_notebook_instance" "two" {
  role_arn = "arn:aws:iam::123456789012:role/n"
  instance_metadata_service_configuration {
    minimum_instance_metadata_service_version = "2"
  }
}

resource "aws_sagemaker_notebook_instance" "unsaid" { # expect: IMDS02
  role_arn = "arn:aws:iam::123456789012:role/n"
}

resource "aws_imagebuilder_infrastructure_configuration" "unsaid" { # expect: IMDS02 warning
  instance_profile_name = "build"
}

resource "aws_batch_compute_environment" "fargate" {
  compute_resources {
    type = "FARGATE_SPOT"
  }
}

resource "aws_batch_compute_environment" "ec2" {
  compute_resources { # expect: IMDS02 warning; EC201
    type = "EC2"
  }
}

resource "aws_elastic_beanstalk_environment" "good" {
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

resource "aws_elastic_beanstalk_environment" "bad" { # expect: EC201
  setting {
    namespace = "aws:autoscaling:launchconfiguration"
    name      = "DisableIMDSv1"
    value     = "false" # expect: IMDS01
  }
}
