resource "aws_ec2_instance_metadata_defaults" "this" {
  http_tokens = "required"
}

resource "aws_instance" "web" { # expect: IMDS02 note "account's default"
  iam_instance_profile = "web"
}

resource "aws_instance" "elsewhere" { # expect: IMDS02
  region               = "eu-west-1"
  iam_instance_profile = "web"
}

resource "aws_launch_template" "unsaid" {
  name = "unsaid"
  iam_instance_profile {
    name = "web"
  }
  metadata_options { # expect: IMDS02 note "account's default"
    http_endpoint = "enabled"
  }
}
