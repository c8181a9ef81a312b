resource "aws_ec2_instance_metadata_defaults" "account" {
  http_tokens = "required"
}
