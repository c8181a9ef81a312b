# want: IMDS02 base

resource "aws_launch_template" "base" {
  iam_instance_profile {
    name = "web"
  }
}

resource "aws_ec2_fleet" "fleet" {
  launch_template_config {
    launch_template_specification {
      launch_template_id = aws_launch_template.base.id
      version            = aws_launch_template.base.latest_version
    }
  }
}
