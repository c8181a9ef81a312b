variable "imdsv1_off" {
  default = "false"
}

resource "aws_sagemaker_notebook_instance" "notebook" {
  name = "notebook"

  instance_metadata_service_configuration {
    minimum_instance_metadata_service_version = "1"
  }
}

resource "aws_imagebuilder_infrastructure_configuration" "build" {
  name = "build"

  instance_metadata_options {
    http_tokens                 = "optional"
    http_put_response_hop_limit = 1
  }
}

resource "aws_elastic_beanstalk_environment" "app" {
  name        = "app"
  application = "app"

  setting {
    namespace = "aws:autoscaling:launchconfiguration"
    name      = "DisableIMDSv1"
    value     = "false"
  }
}

resource "aws_elastic_beanstalk_environment" "variable" {
  name        = "variable"
  application = "app"

  setting {
    namespace = "aws:autoscaling:launchconfiguration"
    name      = "DisableIMDSv1"
    value     = lower(var.imdsv1_off)
  }
}

resource "aws_launch_configuration" "web" {
  image_id = "ami-1"

  metadata_options {
    http_tokens = "optional"
  }
}

resource "aws_emr_security_configuration" "encoded" {
  configuration = jsonencode({
    InstanceMetadataServiceConfiguration = {
      MinimumInstanceMetadataServiceVersion = 1
      HttpPutResponseHopLimit               = 1
    }
  })
}

resource "aws_emr_security_configuration" "written" {
  configuration = <<-JSON
    {
      "InstanceMetadataServiceConfiguration": {
        "MinimumInstanceMetadataServiceVersion": 1,
        "HttpPutResponseHopLimit": 1
      }
    }
  JSON
}
