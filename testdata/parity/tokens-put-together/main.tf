# want: IMDS01 web

resource "aws_instance" "web" {
  iam_instance_profile = join("-", ["web", "profile"])
  metadata_options {
    http_tokens = element(split(",", "required,optional"), 1)
  }
}
