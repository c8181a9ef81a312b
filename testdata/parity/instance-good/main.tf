# want:

resource "aws_iam_instance_profile" "web" {
  role = "web"
}

resource "aws_instance" "web" {
  iam_instance_profile = aws_iam_instance_profile.web.name
  metadata_options {
    http_tokens = "required"
  }
}
