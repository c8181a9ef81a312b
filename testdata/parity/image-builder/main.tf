# want: IMDS02 build warning, IMDS01 open

resource "aws_imagebuilder_infrastructure_configuration" "build" {
  name                  = "build"
  instance_profile_name = "build"
}

resource "aws_imagebuilder_infrastructure_configuration" "open" {
  name                  = "open"
  instance_profile_name = "build"
  instance_metadata_options {
    http_tokens = "optional"
  }
}
