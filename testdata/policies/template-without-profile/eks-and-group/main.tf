resource "aws_launch_template" "shared" { # expect: EC202 "aws_autoscaling_group.g"
  metadata_options {
    http_tokens = "required"
  }
}

resource "aws_eks_node_group" "nodes" { # expect: IMDS02? "version 1"
  cluster_name  = "c"
  node_role_arn = "arn:aws:iam::123456789012:role/node"
  launch_template {
    id      = aws_launch_template.shared.id
    version = 1
  }
}

resource "aws_autoscaling_group" "g" {
  launch_template {
    id = aws_launch_template.shared.id
  }
}
