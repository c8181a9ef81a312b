resource "aws_ec2_instance_metadata_defaults" "account" { # expect: IMDS04 note "says nothing"
  http_put_response_hop_limit = 2
}
