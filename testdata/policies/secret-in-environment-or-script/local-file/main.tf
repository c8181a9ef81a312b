data "local_file" "script" {
  filename = "${path.module}/boot.sh"
}

data "local_file" "absent" {
  filename = "${path.module}/absent.sh"
}

resource "aws_instance" "web" {
  iam_instance_profile = "web"
  metadata_options {
    http_tokens = "required"
  }
  user_data = data.local_file.script.content
}

resource "aws_instance" "open" {
  iam_instance_profile = "web"
  metadata_options {
    http_tokens = "required"
  }
  user_data = data.local_file.absent.content
}
