resource "aws_eks_node_group" "nodes" {
  cluster_name  = "web"
  node_role_arn = "arn:aws:iam::111122223333:role/nodes"
  subnet_ids    = ["subnet-1"]

  launch_template {
    id      = aws_launch_template.of_nodes.id
    version = aws_launch_template.of_nodes.latest_version
  }

  scaling_config {
    desired_size = 1
    max_size     = 1
    min_size     = 1
  }
}

output "template" {
  value = aws_launch_template.told.id
}

module "group" {
  source   = "example.com/group/aws"
  template = { version = aws_launch_template.given.latest_version }
}

resource "aws_ssm_parameter" "version" {
  name  = "version"
  type  = "String"
  value = aws_launch_template.kept.latest_version
}
