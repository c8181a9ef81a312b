resource "aws_spot_instance_request" "spot" {
  ami = "ami-1"
}

resource "aws_spot_fleet_request" "fleet" {
  iam_fleet_role  = "arn:aws:iam::123456789012:role/fleet"
  target_capacity = 2

  launch_specification {
    ami           = "ami-1"
    instance_type = "t3.micro"
  }

  launch_specification {
    ami                  = "ami-1"
    iam_instance_profile = "web"
  }
}

resource "aws_batch_compute_environment" "batch" {
  type = "MANAGED"

  compute_resources {
    type      = "EC2"
    max_vcpus = 4
  }
}

resource "aws_elastic_beanstalk_environment" "app" {
  name        = "app"
  application = "app"

  setting {
    namespace = "aws:autoscaling:launchconfiguration"
    name      = "IamInstanceProfile"
    value     = ""
  }
}
