resource "aws_ec2_instance_metadata_defaults" "this" {
  http_tokens = "required"
}

resource "aws_instance" "block" {
  iam_instance_profile = "web"

  metadata_options { # expect: IMDS02 note "account's default"
    http_endpoint = "enabled"
  }
}

# Since version 5.0 of the provider nothing is sent for what a template's block does not say.
resource "aws_launch_template" "block" {
  iam_instance_profile {
    name = "web"
  }

  metadata_options { # expect: IMDS02 note "account's default"
    http_put_response_hop_limit = 2
  }
}
