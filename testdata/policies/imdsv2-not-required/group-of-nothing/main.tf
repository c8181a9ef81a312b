resource "aws_autoscaling_group" "elsewhere" { # expect: IMDS02?; EC201?
  launch_configuration = var.configuration
}

variable "configuration" {
  type = string
}
