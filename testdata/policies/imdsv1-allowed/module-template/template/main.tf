resource "aws_launch_template" "this" {
  name_prefix = "x-"
  iam_instance_profile {
    name = "web"
  }
  metadata_options {
    http_tokens = "optional" # expect: IMDS01 "`aws_instance.web` gets"
  }
}

output "id" {
  value = aws_launch_template.this.id
}

output "version" {
  value = aws_launch_template.this.latest_version
}
