resource "aws_launch_configuration" "good" {
  name                 = "good"
  iam_instance_profile = "web"
  metadata_options {
    http_endpoint = "enabled"
    http_tokens   = "required"
  }
}

# The provider sends no tokens where the endpoint is not said to be on: `expandInstanceMetadataOptions` of
# internal/service/autoscaling/launch_configuration.go in hashicorp/terraform-provider-aws.
resource "aws_launch_configuration" "unsent" {
  name                 = "unsent"
  iam_instance_profile = "web"
  metadata_options { # expect: IMDS02 "is not sent: the provider does so only beside"
    http_tokens = "required"
  }
}

resource "aws_launch_configuration" "unsent_optional" {
  iam_instance_profile = "web"
  metadata_options {
    http_tokens = "optional" # expect: IMDS01
  }
}

resource "aws_launch_configuration" "bad" { # expect: IMDS02 "aws_autoscaling_group.bad"
  name_prefix          = "bad-"
  iam_instance_profile = "web"
}

resource "aws_autoscaling_group" "good" {
  launch_configuration = aws_launch_configuration.good.name
}

resource "aws_autoscaling_group" "literal" {
  launch_configuration = "good"
}

resource "aws_autoscaling_group" "bad" {
  launch_configuration = aws_launch_configuration.bad.id
}
