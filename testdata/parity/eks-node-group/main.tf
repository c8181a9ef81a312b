# want: IMDS02 nodes warning, IMDS01 own

resource "aws_eks_node_group" "nodes" {
  cluster_name  = "main"
  node_role_arn = "arn:aws:iam::111122223333:role/nodes"
}

resource "aws_launch_template" "own" {
  metadata_options {
    http_tokens = "optional"
  }
}

resource "aws_eks_node_group" "others" {
  cluster_name  = "main"
  node_role_arn = "arn:aws:iam::111122223333:role/nodes"
  launch_template {
    id      = aws_launch_template.own.id
    version = aws_launch_template.own.latest_version
  }
}
