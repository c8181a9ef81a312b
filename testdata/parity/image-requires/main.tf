# want: IMDS02 web note, IMDS02 copied note, IMDS01 open
# without: cloudformation (has no type for images)

resource "aws_ami" "hardened" {
  name         = "hardened"
  imds_support = "v2.0"
}

resource "aws_ami_copy" "near" {
  name              = "near"
  source_ami_id     = aws_ami.hardened.id
  source_ami_region = "eu-west-1"
}

resource "aws_instance" "web" {
  ami                  = aws_ami.hardened.id
  iam_instance_profile = "web"
}

resource "aws_instance" "copied" {
  ami                  = aws_ami_copy.near.id
  iam_instance_profile = "web"
}

resource "aws_instance" "open" {
  ami                  = aws_ami.hardened.id
  iam_instance_profile = "web"
  metadata_options {
    http_tokens = "optional"
  }
}
