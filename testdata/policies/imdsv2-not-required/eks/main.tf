resource "aws_launch_template" "nodes" {
  name = "nodes"
  metadata_options {
    http_tokens = "required"
  }
}

resource "aws_eks_node_group" "good" {
  cluster_name  = "c"
  node_role_arn = "arn:aws:iam::123456789012:role/node"
  launch_template {
    id      = aws_launch_template.nodes.id
    version = aws_launch_template.nodes.latest_version
  }
}

resource "aws_eks_node_group" "bare" { # expect: IMDS02 warning
  cluster_name  = "c"
  node_role_arn = "arn:aws:iam::123456789012:role/node"
}
