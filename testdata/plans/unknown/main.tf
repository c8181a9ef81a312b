provider "aws" {
  region = "eu-west-1"
}

variable "tokens" {
  type = string
}

variable "profile" {
  type = string
}

resource "aws_vpc" "main" {
  cidr_block = "10.0.0.0/16"
}

# What the provider fills in decides; it is known when planning.
resource "aws_instance" "computed" {
  ami                  = "ami-12345678"
  instance_type        = "t3.micro"
  iam_instance_profile = aws_iam_instance_profile.web.name

  metadata_options {
    http_tokens = aws_vpc.main.enable_dns_support ? "required" : aws_vpc.main.owner_id # expect-source: IMDS01?
  }
}

# The plan has a value for the variable; the code has none.
resource "aws_instance" "given" {
  ami                  = "ami-12345678"
  instance_type        = "t3.micro"
  iam_instance_profile = var.profile # expect-plan: EC201

  metadata_options {
    http_tokens = var.tokens # expect-source: IMDS01? # expect-plan: IMDS01
  }
}

# Whether there is a block is known after apply.
resource "aws_instance" "perhaps" {
  ami                  = "ami-12345678"
  instance_type        = "t3.micro"
  iam_instance_profile = aws_iam_instance_profile.web.name

  dynamic "metadata_options" {
    for_each = aws_vpc.main.ipv6_association_id == "" ? [] : ["required"]

    content {
      http_tokens = metadata_options.value
    }
  }
}

# An image that is read when applying.
data "aws_ami" "late" {
  owners = [aws_vpc.main.owner_id]
}

resource "aws_instance" "late" { # expect: IMDS02
  ami                  = data.aws_ami.late.id
  instance_type        = "t3.micro"
  iam_instance_profile = aws_iam_instance_profile.web.name
}

resource "aws_iam_instance_profile" "web" {
  name = "web"
  role = "web"
}
