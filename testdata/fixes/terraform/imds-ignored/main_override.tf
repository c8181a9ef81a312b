resource "aws_instance" "overridden" {
  lifecycle {
    ignore_changes = [metadata_options]
  }
}
