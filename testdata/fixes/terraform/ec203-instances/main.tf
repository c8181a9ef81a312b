variable "apps" {
  type = set(string)
}

resource "aws_iam_role" "app" {
  for_each = var.apps

  assume_role_policy = jsonencode({
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ec2.amazonaws.com" } }]
  })
}

resource "aws_iam_instance_profile" "app" {
  for_each = var.apps

  name = each.key
}

resource "aws_iam_instance_profile" "shared" {
  name = "shared"
}
