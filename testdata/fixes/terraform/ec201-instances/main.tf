variable "profiles" {
  type = map(string)
}

resource "aws_instance" "each" {
  for_each = var.profiles

  ami = each.value
}

resource "aws_instance" "same_count" {
  count = var.size

  ami = "ami-1"
}

resource "aws_instance" "other_count" {
  count = 2

  ami = "ami-1"
}

resource "aws_instance" "by_region" {
  for_each = var.regions
  provider = aws.by_region[each.key]

  ami = "ami-1"
}

resource "aws_iam_instance_profile" "web" {
  count = var.size

  name = "web-${count.index}"
  role = aws_iam_role.web[count.index].name
}

variable "size" {
  type = number
}

variable "regions" {
  type = set(string)
}
