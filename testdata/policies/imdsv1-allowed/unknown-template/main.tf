variable "template" {
  type    = string
  default = null
}

resource "aws_instance" "nothing_given" { # expect: IMDS02; EC201
  launch_template {
    id = var.template
  }
}

resource "aws_instance" "looked_up" { # expect: IMDS02?; EC201?
  launch_template {
    id = data.aws_launch_template.shared.id
  }
}

data "aws_launch_template" "shared" {
  name = "shared"
}
