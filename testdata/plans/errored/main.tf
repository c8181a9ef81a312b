provider "aws" {
  region = "eu-west-1"
}

variable "size" {
  type    = number
  default = 3
}

resource "aws_instance" "planned" {
  ami                  = "ami-12345678"
  instance_type        = "t3.micro"
  iam_instance_profile = "web"

  metadata_options {
    http_tokens = "optional" # expect: IMDS01
  }
}

# Planning stops here, so that the plan says nothing of what hangs on it.
resource "aws_vpc" "main" {
  cidr_block = "10.0.0.0/16"

  lifecycle {
    precondition {
      condition     = var.size < 3
      error_message = "Too large."
    }
  }
}

resource "aws_db_instance" "behind" {
  instance_class    = "db.t3.micro"
  availability_zone = aws_vpc.main.id
  password          = "Behind-Horse-1" # expect-source: SEC01
}
