resource "aws_launch_template" "web" {
  name = "web"

  dynamic "metadata_options" {
    for_each = [1]
    content {
      http_tokens = "optional"
    }
  }
}

resource "aws_launch_template" "listed" {
  name = "listed"

  dynamic "metadata_options" {
    for_each = ["optional"]
    content {
      http_tokens = metadata_options.value
    }
  }
}
