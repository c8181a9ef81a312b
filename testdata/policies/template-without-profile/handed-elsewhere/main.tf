resource "aws_launch_template" "nodes" { # expect: EC202? "module.eks"
  metadata_options {
    http_tokens = "required"
  }
}

module "eks" { # expect: IMDS02? "is not in this repository"
  source = "terraform-aws-modules/eks/aws"
  eks_managed_node_groups = {
    a = { launch_template_id = aws_launch_template.nodes.id, launch_template_version = "1" }
  }
}

resource "aws_launch_template" "nobodys" { # expect: EC202 warning
  metadata_options {
    http_tokens = "required"
  }
}
