resource "aws_batch_compute_environment" "one" {
  type = "MANAGED"

  compute_resources {
    type      = "EC2"
    max_vcpus = 4
  }
}

resource "aws_batch_compute_environment" "two" {
  type     = "MANAGED"
  provider = aws.west

  compute_resources {
    type      = "EC2"
    max_vcpus = 4
  }
}
