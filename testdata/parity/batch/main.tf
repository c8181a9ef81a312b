# want: EC201 jobs, IMDS02 jobs warning

resource "aws_batch_compute_environment" "jobs" {
  type = "MANAGED"
  compute_resources {
    type      = "EC2"
    max_vcpus = 16
  }
}

resource "aws_batch_compute_environment" "serverless" {
  type = "MANAGED"
  compute_resources {
    type      = "FARGATE"
    max_vcpus = 16
  }
}
