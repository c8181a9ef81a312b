resource "aws_launch_template" "base" {
  metadata_options {
    http_tokens                 = "required"
    http_put_response_hop_limit = 3 # expect: IMDS03 warning "launch template"
  }
}

# Told once, at the template.
resource "aws_instance" "web" {
  launch_template {
    id = aws_launch_template.base.id
  }
}

resource "aws_instance" "far" {
  metadata_options {
    http_put_response_hop_limit = "64" # expect: IMDS03 warning "instance"
  }
}

resource "aws_instance" "off" {
  metadata_options {
    http_endpoint               = "disabled"
    http_put_response_hop_limit = 64
  }
}

resource "aws_instance" "containers" {
  metadata_options {
    http_put_response_hop_limit = 2
  }
}

variable "hops" {
  type = number
}

resource "aws_instance" "open" {
  metadata_options {
    http_put_response_hop_limit = var.hops
  }
}
