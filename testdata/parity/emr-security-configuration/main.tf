# want: IMDS01 lax

resource "aws_emr_security_configuration" "strict" {
  name = "strict"
  configuration = jsonencode({
    InstanceMetadataServiceConfiguration = {
      MinimumInstanceMetadataServiceVersion = 2
      HttpPutResponseHopLimit               = 1
    }
  })
}

resource "aws_emr_security_configuration" "lax" {
  name          = "lax"
  configuration = <<-JSON
    {"InstanceMetadataServiceConfiguration": {"MinimumInstanceMetadataServiceVersion": 1, "HttpPutResponseHopLimit": 1}}
  JSON
}

resource "aws_emr_cluster" "secured" {
  name                   = "secured"
  release_label          = "emr-7.1.0"
  service_role           = "emr"
  security_configuration = aws_emr_security_configuration.strict.name
  ec2_attributes {
    instance_profile = "emr"
  }
}

resource "aws_emr_cluster" "open" {
  name                   = "open"
  release_label          = "emr-7.1.0"
  service_role           = "emr"
  security_configuration = aws_emr_security_configuration.lax.name
  ec2_attributes {
    instance_profile = "emr"
  }
}
