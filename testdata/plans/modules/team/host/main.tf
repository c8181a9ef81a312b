variable "name" {
  type = string
}

variable "tokens" {
  type = string
}

resource "aws_launch_template" "this" {
  name = var.name

  iam_instance_profile {
    name = "host"
  }

  metadata_options {
    http_tokens = var.tokens
  }
}

output "id" {
  value = aws_launch_template.this.id
}
