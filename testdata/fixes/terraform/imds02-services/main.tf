resource "aws_sagemaker_notebook_instance" "notebook" {
  name          = "notebook"
  role_arn      = "arn:aws:iam::123456789012:role/notebook"
  instance_type = "ml.t3.medium"
}

resource "aws_imagebuilder_infrastructure_configuration" "build" {
  name                  = "build"
  instance_profile_name = "build"
}

resource "aws_elastic_beanstalk_environment" "app" {
  name        = "app"
  application = "app"

  setting {
    namespace = "aws:autoscaling:launchconfiguration"
    name      = "IamInstanceProfile"
    value     = "app"
  }
}

resource "aws_elastic_beanstalk_configuration_template" "app" {
  name        = "app"
  application = "app"
}

resource "aws_emr_cluster" "bare" {
  name = "bare"
}

resource "aws_emr_cluster" "secured" {
  name                   = "secured"
  security_configuration = aws_emr_security_configuration.unsaid.name
}

resource "aws_emr_security_configuration" "unsaid" {
  configuration = jsonencode({
    EncryptionConfiguration = {
      EnableInTransitEncryption = false
      EnableAtRestEncryption    = false
    }
  })
}

resource "aws_spot_instance_request" "spot" {
  ami                  = "ami-1"
  iam_instance_profile = "web"
}

resource "aws_spot_fleet_request" "fleet" {
  iam_fleet_role  = "arn:aws:iam::123456789012:role/fleet"
  target_capacity = 1

  launch_specification {
    ami                  = "ami-1"
    instance_type        = "t3.micro"
    iam_instance_profile = "web"
  }
}

resource "aws_eks_node_group" "nodes" {
  cluster_name  = "main"
  node_role_arn = "arn:aws:iam::123456789012:role/nodes"
}

resource "aws_batch_compute_environment" "batch" {
  type = "MANAGED"

  compute_resources {
    type          = "EC2"
    instance_role = "arn:aws:iam::123456789012:instance-profile/batch"
    max_vcpus     = 4
  }
}
