# expect-below: IMDS02? "is not in this repository"
module "web" {
  source = "terraform-aws-modules/ec2-instance/aws"
  user_data = <<-EOT
    #!/bin/bash
    export DB_PASSWORD=corr3ct-horse-11 # expect: SEC05 "`DB_PASSWORD` in a script of `module.web`"
  EOT
}

# expect-below: IMDS02? "is not in this repository"
module "eks" {
  source = "terraform-aws-modules/eks/aws"
  self_managed_node_groups = {
    one = {
      pre_bootstrap_user_data = <<-EOT
        echo export API_TOKEN=corr3ct-horse-12 >> /etc/profile # expect: SEC05
      EOT
    }
  }
  user_data_replace_on_change = true
}
