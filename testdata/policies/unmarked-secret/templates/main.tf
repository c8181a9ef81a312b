variable "db_password" { # expect: SEC07 warning "aws_instance.web"
  type = string
}

variable "pin" { # expect: SEC07 warning "aws_instance.named"
  type = string
}

variable "rendered_password" { # expect: SEC07 warning "data.template_file.start"
  type = string
}

variable "marked" {
  type      = string
  sensitive = true
}

variable "db_password_name" {
  type = string
}

resource "aws_instance" "web" {
  iam_instance_profile = "web"
  metadata_options {
    http_tokens = "required"
  }
  user_data = templatefile("${path.module}/absent.sh", { value = var.db_password })
}

resource "aws_instance" "named" {
  iam_instance_profile = "web"
  metadata_options {
    http_tokens = "required"
  }
  user_data = templatefile("${path.module}/absent.sh", { db_password = var.pin })
}

data "template_file" "start" {
  template = file("${path.module}/absent.tpl")
  vars = {
    password = var.rendered_password
  }
}

resource "aws_instance" "harmless" {
  iam_instance_profile = "web"
  metadata_options {
    http_tokens = "required"
  }
  user_data = templatefile("${path.module}/absent.sh", {
    password      = var.marked
    password_name = var.db_password_name
  })
}
