provider "aws" {
  region = "eu-west-1"
}

# The only target.
resource "aws_instance" "target" {
  ami                  = "ami-12345678"
  instance_type        = "t3.micro"
  iam_instance_profile = aws_iam_instance_profile.web.name

  metadata_options {
    http_tokens = "optional" # expect: IMDS01
  }
}

resource "aws_iam_instance_profile" "web" {
  name = "web"
  role = "web"
}

# Not planned, but written.
resource "aws_instance" "other" {
  ami                  = "ami-12345678"
  instance_type        = "t3.micro"
  iam_instance_profile = "web"

  metadata_options {
    http_tokens = "optional" # expect-source: IMDS01
  }
}

resource "aws_db_instance" "other" {
  instance_class = "db.t3.micro"
  password       = "Other-Horse-1" # expect-source: SEC01
}
