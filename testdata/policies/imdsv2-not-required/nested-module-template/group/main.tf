variable "template_id" {
  type = string
}

resource "aws_autoscaling_group" "this" {
  launch_template {
    id      = var.template_id
    version = "$Latest"
  }
}
