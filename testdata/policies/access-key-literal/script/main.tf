resource "aws_instance" "web" {
  iam_instance_profile = "web"
  metadata_options {
    http_tokens = "required"
  }
  # expect-below: KEY02 "aws_instance.web"
  user_data = base64encode("export AWS_ACCESS_KEY_ID=@AKIA@")
}

resource "aws_instance" "joined" {
  iam_instance_profile = "web"
  metadata_options {
    http_tokens = "required"
  }
  user_data = templatefile("${path.module}/start.sh", { region = "eu-west-1" })
}
