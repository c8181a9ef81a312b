resource "aws_ami" "hardened" {
  name         = "hardened"
  imds_support = "v2.0"
}

# What is made of another image or of an instance takes its support from there.
resource "aws_ami_copy" "near" {
  name              = "near"
  source_ami_id     = aws_ami.hardened.id
  source_ami_region = "eu-west-1"
}

resource "aws_ami_from_instance" "snapshot" {
  name               = "snapshot"
  source_instance_id = "i-0123456789abcdef0"
}
