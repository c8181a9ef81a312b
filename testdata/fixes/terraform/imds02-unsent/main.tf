resource "aws_launch_configuration" "literal" {
  name_prefix = "literal-"
  image_id    = "ami-1"

  metadata_options {
    http_tokens = "required"
  }

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_launch_configuration" "taken" {
  name_prefix = "taken-"
  image_id    = "ami-1"

  metadata_options {
    http_tokens                 = var.tokens
    http_put_response_hop_limit = 1
  }

  lifecycle {
    create_before_destroy = true
  }
}

# These send it.
resource "aws_launch_configuration" "sent" {
  image_id = "ami-1"

  metadata_options {
    http_endpoint = "enabled"
    http_tokens   = "required"
  }
}

resource "aws_launch_template" "sent" {
  image_id = "ami-1"

  metadata_options {
    http_tokens = "required"
  }
}

variable "tokens" {
  default = "required"
}
