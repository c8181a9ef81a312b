resource "aws_instance" "none" {
  count                = 0
  iam_instance_profile = "web"
}

resource "aws_instance" "switched_off" {
  count                = var.enabled ? 1 : 0
  iam_instance_profile = "web"
}

resource "aws_instance" "empty" {
  for_each             = {}
  iam_instance_profile = "web"
}

resource "aws_instance" "many" { # expect: IMDS02 "aws_instance.many['b']"
  for_each             = toset(["a", "b"])
  iam_instance_profile = "web"
}

resource "aws_instance" "open" { # expect: IMDS02
  count                = var.number
  iam_instance_profile = "web"
}

variable "enabled" {
  default = false
}

variable "number" {
  type = number
}
