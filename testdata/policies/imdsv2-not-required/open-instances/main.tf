# Which templates there are is not known, what each of them says is.

variable "groups" {
  type = map(object({ size = number }))
}

resource "aws_launch_template" "good" {
  for_each = var.groups
  image_id = "ami-0123456789abcdef0"
  iam_instance_profile {
    name = "app"
  }
  metadata_options {
    http_tokens = "required"
  }
}

resource "aws_launch_template" "bad" { # expect: EC202
  for_each = var.groups
  image_id = "ami-0123456789abcdef0"
  metadata_options {
    http_tokens = "optional" # expect: IMDS01
  }
}

resource "aws_autoscaling_group" "good" {
  for_each           = aws_launch_template.good
  availability_zones = ["eu-west-1a"]
  max_size           = 1
  min_size           = 1
  launch_template {
    id      = each.value.id
    version = each.value.latest_version
  }
}

resource "aws_instance" "good" {
  for_each = { for name, template in aws_launch_template.good : name => template.id }
  launch_template {
    id = each.value
  }
}

resource "aws_instance" "bad" {
  for_each = { for name, template in aws_launch_template.bad : name => { id = template.id } }
  launch_template {
    id = each.value.id
  }
}
