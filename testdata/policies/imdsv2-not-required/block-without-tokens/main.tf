resource "aws_instance" "web" {
  iam_instance_profile = "web"
  metadata_options { # expect: IMDS02
    http_endpoint               = "enabled"
    http_put_response_hop_limit = 1
  }
}
