# Nothing is said.
resource "aws_instance" "plain" {
  ami                  = "ami-1" # the base image
  instance_type        = "t3.micro"
  iam_instance_profile = "web"

  tags = {
    Name = "plain"
  }

  lifecycle {
    ignore_changes = [ami]
  }
}

resource "aws_instance" "one_line" { ami = "ami-1" }

resource "aws_instance" "empty" {}

# A block that says something else.
resource "aws_instance" "block" {
  ami = "ami-1"

  metadata_options { # of the service
    # containers
    http_put_response_hop_limit = 2

    # tags
    instance_metadata_tags = "enabled" # for the agent
  }

  depends_on = [aws_instance.plain]
}

resource "aws_instance" "block_on_one_line" {
  ami = "ami-1"
  metadata_options { http_put_response_hop_limit = 2 }
  user_data = <<-EOT
    #!/bin/sh
    echo "{"
  EOT
}

resource "aws_instance" "nothing" {
  ami = "ami-1"
  metadata_options {}
}

resource "aws_instance" "nothing_said" {
  ami = "ami-1"
  metadata_options {
    http_tokens = null
  }
}

resource "aws_instance" "script" {
  ami       = "ami-1"
  user_data = <<EOT
}
EOT
}

variable "nothing" {
  type    = string
  default = null
}

variable "options" {
  type    = map(string)
  default = {}
}

variable "blocks" {
  type    = list(map(string))
  default = []
}

resource "aws_instance" "variable" {
  ami = "ami-1"

  metadata_options {
    http_tokens = var.nothing
  }
}

resource "aws_instance" "looked_up" {
  ami = "ami-1"

  metadata_options {
    http_endpoint = "enabled"
    http_tokens   = lookup(var.options, "tokens", null)
  }
}

resource "aws_instance" "dynamic" {
  ami = "ami-1"

  dynamic "metadata_options" {
    for_each = var.blocks
    content {
      http_tokens = metadata_options.value.tokens
    }
  }
}
