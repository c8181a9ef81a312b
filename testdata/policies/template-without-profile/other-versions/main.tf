variable "pinned" {
  type = string
}

# Who launches from a template does not depend on the version.
resource "aws_launch_template" "nodes" {
  metadata_options {
    http_tokens = "required"
  }
}

resource "aws_eks_node_group" "numbered" { # expect: IMDS02? "version 1"
  cluster_name  = "c"
  node_role_arn = "arn:aws:iam::123456789012:role/node"
  launch_template {
    id      = aws_launch_template.nodes.id
    version = "1"
  }
}

resource "aws_launch_template" "jobs" {
  metadata_options {
    http_tokens = "required"
  }
}

resource "aws_eks_node_group" "pinned" { # expect: IMDS02? "not known"
  cluster_name  = "c"
  node_role_arn = "arn:aws:iam::123456789012:role/node"
  launch_template {
    id      = aws_launch_template.jobs.id
    version = var.pinned
  }
}

resource "aws_launch_template" "own" {
  metadata_options {
    http_tokens = "required"
  }
}

resource "aws_instance" "own" { # expect: IMDS02? "version 3"
  iam_instance_profile = "web"
  launch_template {
    id      = aws_launch_template.own.id
    version = "3"
  }
}

# The version that is launched may have one.
resource "aws_launch_template" "open" { # expect: EC202 warning
  metadata_options {
    http_tokens = "required"
  }
}

# expect-below: EC201? "version 3"
resource "aws_instance" "open" { # expect: IMDS02? "version 3"
  launch_template {
    id      = aws_launch_template.open.id
    version = "3"
  }
}
