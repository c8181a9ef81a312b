# want: IMDS02 plain warning, IMDS02? secured

resource "aws_emr_cluster" "plain" {
  name          = "plain"
  release_label = "emr-7.1.0"
  ec2_attributes {
    instance_profile = "emr"
  }
}

resource "aws_emr_cluster" "secured" {
  name                   = "secured"
  release_label          = "emr-7.1.0"
  security_configuration = "strict"
  ec2_attributes {
    instance_profile = "emr"
  }
}
