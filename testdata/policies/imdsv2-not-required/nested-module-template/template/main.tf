resource "aws_launch_template" "this" { # expect: IMDS02 "module.group.aws_autoscaling_group.this"
  iam_instance_profile {
    name = "web"
  }
}

output "id" {
  value = aws_launch_template.this.id
}
