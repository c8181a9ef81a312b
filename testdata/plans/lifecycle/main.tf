provider "aws" {
  region = "eu-west-1"
}

# Renamed.
moved {
  from = aws_instance.jump
  to   = aws_instance.bastion
}

resource "aws_instance" "bastion" {
  ami                  = "ami-12345678"
  instance_type        = "t3.micro"
  iam_instance_profile = "web"

  metadata_options {
    http_tokens = "optional" # expect: IMDS01
  }
}

# Forgotten: it lives on, but not in this code.
removed {
  from = aws_iam_access_key.legacy

  lifecycle {
    destroy = false
  }
}

# Deleted: the key of dave, the user with it.
resource "aws_iam_user" "people" {
  for_each = toset(["ann", "bob"])
  name     = each.key
}

resource "aws_iam_access_key" "people" { # expect: KEY01
  for_each = aws_iam_user.people
  user     = each.value.name
}

# Replaced.
resource "aws_db_instance" "main" {
  identifier     = "main-2"
  instance_class = "db.t3.micro"
  password       = "Replaced-Horse-1" # expect: SEC01
}

# A deposed object of it is left to be deleted.
resource "aws_launch_template" "web" {
  name = "web"

  iam_instance_profile {
    name = "web"
  }

  metadata_options {
    http_tokens = "required"
  }
}
