resource "aws_launch_template" "nodes" {
  metadata_options {
    http_tokens = "required"
  }
}

resource "aws_eks_node_group" "nodes" {
  cluster_name  = "c"
  node_role_arn = "arn:aws:iam::123456789012:role/node"
  launch_template {
    id      = aws_launch_template.nodes.id
    version = aws_launch_template.nodes.latest_version
  }
}

resource "aws_launch_template" "jobs" {
  metadata_options {
    http_tokens = "required"
  }
}

resource "aws_batch_compute_environment" "jobs" {
  compute_resources {
    type          = "EC2"
    instance_role = "arn:aws:iam::123456789012:instance-profile/jobs"
    launch_template {
      launch_template_id = aws_launch_template.jobs.id
    }
  }
}
