resource "aws_instance" "all" {
  ami = "ami-1"

  lifecycle {
    ignore_changes = all
  }
}

resource "aws_launch_template" "options" {
  name = "options"

  metadata_options {
    http_tokens = "optional"
  }

  lifecycle {
    ignore_changes = [image_id, metadata_options]
  }
}

resource "aws_instance" "other" {
  ami = "ami-1"

  metadata_options {
    http_tokens = "optional"
  }

  lifecycle {
    ignore_changes = [ami, metadata_options[0].http_endpoint]
  }
}

resource "aws_instance" "overridden" {
  ami = "ami-1"
}
