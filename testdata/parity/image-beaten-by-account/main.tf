# want: IMDS02 web, IMDS04 account warning
# without: cloudformation (has no type for images)

resource "aws_ec2_instance_metadata_defaults" "account" {
  http_tokens = "optional"
}

resource "aws_ami" "hardened" {
  name         = "hardened"
  imds_support = "v2.0"
}

resource "aws_instance" "web" {
  ami                  = aws_ami.hardened.id
  iam_instance_profile = "web"
}
