terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 3.20.0"
    }
  }
}

resource "aws_instance" "new_enough" {
  ami = "ami-1"
}

resource "aws_launch_configuration" "too_old" {
  image_id = "ami-1"
}

resource "aws_sagemaker_notebook_instance" "too_old" {
  name          = "notebook"
  role_arn      = "arn:aws:iam::123456789012:role/notebook"
  instance_type = "ml.t3.medium"
}
