resource "aws_instance" "web" {
  count = var.n > 0 ? var.n : 1

  metadata_options {
    http_tokens = "required"
  }

  tags = merge(local.tags, {
    Name = "web-${count.index}"
  })

  lifecycle {
    ignore_changes = [ami, tags["x"]]
  }
}
