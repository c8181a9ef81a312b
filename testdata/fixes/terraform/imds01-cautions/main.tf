resource "aws_instance" "plain" {
  ami                  = "ami-1"
  iam_instance_profile = "web"

  metadata_options {
    http_tokens = "optional"
  }
}

resource "aws_instance" "reachable" {
  ami                  = "ami-1"
  iam_instance_profile = "web"
  user_data            = "docker run shop"

  metadata_options {
    http_tokens                 = "optional"
    http_put_response_hop_limit = 2
  }
}

resource "aws_instance" "docker" {
  ami                  = "ami-1"
  iam_instance_profile = "web"
  user_data            = local.start

  metadata_options {
    http_tokens = "optional"
  }
}

locals {
  start = "#!/bin/sh\ndocker run shop"
}

resource "aws_launch_template" "nodes" {
  image_id = "ami-1"

  iam_instance_profile {
    name = "web"
  }

  metadata_options {
    http_tokens = "optional"
  }
}

resource "aws_eks_node_group" "nodes" {
  cluster_name  = "shop"
  node_role_arn = "arn:aws:iam::123456789012:role/nodes"
  subnet_ids    = ["subnet-1"]

  launch_template {
    id      = aws_launch_template.nodes.id
    version = 1
  }

  scaling_config {
    desired_size = 1
    max_size     = 1
    min_size     = 1
  }
}

resource "aws_instance" "beside" {
  ami                  = "ami-1"
  iam_instance_profile = "web"

  metadata_options {
    http_tokens = "optional" # nosec
  }
}

#tfsec:ignore:aws-ec2-enforce-http-token-imds
resource "aws_instance" "above" {
  ami                  = "ami-1"
  iam_instance_profile = "web"

  metadata_options {
    http_tokens = "optional"
  }
}

resource "aws_instance" "within" {
  # checkov:skip=CKV_AWS_79: its agent knows no tokens
  ami                  = "ami-1"
  iam_instance_profile = "web"

  metadata_options {
    http_tokens = "optional"
  }
}

resource "aws_instance" "other" {
  # checkov:skip=CKV_AWS_8: encrypted elsewhere
  ami                  = "ami-1"
  iam_instance_profile = "web"

  metadata_options {
    http_tokens = "optional"
  }
}
