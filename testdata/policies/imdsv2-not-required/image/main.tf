resource "aws_ami" "hardened" {
  name         = "hardened"
  imds_support = "v2.0"
}

resource "aws_ami_copy" "copied" {
  name              = "copied"
  source_ami_id     = aws_ami.hardened.id
  source_ami_region = "eu-west-1"
}

resource "aws_instance" "web" { # expect: IMDS02 note "image"
  ami                  = aws_ami.hardened.id
  iam_instance_profile = "web"
}

resource "aws_instance" "of_the_copy" { # expect: IMDS02 note "image"
  ami                  = aws_ami_copy.copied.id
  iam_instance_profile = "web"
}

# The instance sends no tokens, so that the image decides.
resource "aws_instance" "block" {
  ami                  = aws_ami.hardened.id
  iam_instance_profile = "web"

  metadata_options { # expect: IMDS02 note "image"
    http_put_response_hop_limit = 1
  }
}

# A template with a block sends `optional`, which beats the image.
resource "aws_launch_template" "beaten" {
  name     = "beaten"
  image_id = aws_ami.hardened.id

  iam_instance_profile {
    name = "web"
  }

  metadata_options { # expect: IMDS02 note "image"
    http_endpoint = "enabled"
  }
}

resource "aws_launch_template" "without" { # expect: IMDS02 note "image"
  name     = "without"
  image_id = aws_ami.hardened.id

  iam_instance_profile {
    name = "web"
  }
}

# The name of an image is a hint, and no proof.
data "aws_ami" "amazon" {
  owners      = ["amazon"]
  most_recent = true

  filter {
    name   = "name"
    values = ["al2023-ami-*-x86_64"]
  }
}

resource "aws_instance" "amazon" { # expect: IMDS02 error
  ami                  = data.aws_ami.amazon.id
  iam_instance_profile = "web"
}
