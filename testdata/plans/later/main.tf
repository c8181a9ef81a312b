# What is made only sometimes, and what is known only after apply.
variable "create" {
  default = false
}

resource "aws_iam_access_key" "never" {
  count = var.create ? 1 : 0
  user  = "ci"
}

output "never" {
  value     = try(aws_iam_access_key.never[0].secret, "")
  sensitive = true
}

output "none" {
  value     = { for name, key in aws_iam_access_key.never : name => key.secret }
  sensitive = true
}

resource "aws_iam_access_key" "made" { # expect: KEY01
  user = "ci"
}

output "made" {
  value     = aws_iam_access_key.made.secret # expect: KEY04
  sensitive = true
}

resource "aws_iam_instance_profile" "web" {
  role = "web"
}

resource "aws_launch_template" "dynamic_profile" {
  name = "dynamic-profile"
  metadata_options {
    http_tokens = "required"
  }
  dynamic "iam_instance_profile" {
    for_each = [1]
    content {
      arn = aws_iam_instance_profile.web.arn
    }
  }
}
