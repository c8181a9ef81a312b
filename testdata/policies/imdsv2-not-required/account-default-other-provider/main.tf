provider "aws" {
  region = "eu-central-1"
}

provider "aws" {
  alias  = "us"
  region = "us-east-1"
}

resource "aws_ec2_instance_metadata_defaults" "us" {
  provider    = aws.us
  http_tokens = "required"
}

resource "aws_instance" "here" { # expect: IMDS02
  iam_instance_profile = "web"
}

resource "aws_instance" "there" { # expect: IMDS02 note
  provider             = aws.us
  iam_instance_profile = "web"
}
