variable "deploy_key" {
  type      = string
  sensitive = true
}

resource "aws_iam_access_key" "app" { # expect: KEY01
  user = "app"
}

# The template is not here: what it is handed ends up in it, wherever that is.
resource "aws_launch_template" "web" {
  iam_instance_profile {
    name = "web"
  }
  metadata_options {
    http_tokens = "required"
  }
  user_data = base64encode(templatefile("${path.module}/absent.sh", {
    id     = aws_iam_access_key.app.id
    secret = aws_iam_access_key.app.secret # expect: KEY04 "ends up here"
  }))
}

resource "aws_launch_template" "nested" {
  iam_instance_profile {
    name = "web"
  }
  metadata_options {
    http_tokens = "required"
  }
  user_data = base64encode(join("\n", ["#!/bin/bash", templatefile("absent.sh", {
    settings = { secret = aws_iam_access_key.app.secret } # expect: KEY04
  })]))
}

resource "aws_launch_template" "named" {
  iam_instance_profile {
    name = "web"
  }
  metadata_options {
    http_tokens = "required"
  }
  # expect-below: KEY04 "static access key"
  user_data = base64encode(templatefile("absent.sh", { AWS_SECRET_ACCESS_KEY = var.deploy_key }))
}

data "template_file" "start" {
  template = file("${path.module}/start.tpl")
  vars = {
    secret = aws_iam_access_key.app.secret
  }
}

resource "aws_instance" "rendered" {
  iam_instance_profile = "web"
  metadata_options {
    http_tokens = "required"
  }
  user_data = data.template_file.start.rendered # expect: KEY04 "aws_instance.rendered"
}

data "cloudinit_config" "start" {
  part {
    content = "export KEY=${aws_iam_access_key.app.secret}" # expect: KEY04 "data.cloudinit_config.start"
  }
}

# The id alone opens nothing, and a hash holds no key.
resource "aws_instance" "id" {
  iam_instance_profile = "web"
  metadata_options {
    http_tokens = "required"
  }
  user_data = templatefile("absent.sh", { id = aws_iam_access_key.app.id })
}
