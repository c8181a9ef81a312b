# want: IMDS01 base

resource "aws_launch_template" "base" {
  metadata_options {
    http_tokens = "optional"
  }
}

resource "aws_batch_compute_environment" "jobs" {
  type = "MANAGED"
  compute_resources {
    type               = "SPOT"
    instance_role      = "arn:aws:iam::111122223333:instance-profile/jobs"
    instance_type      = ["m7i"]
    max_vcpus          = 16
    subnets            = ["subnet-0abcdef1234567890"]
    security_group_ids = ["sg-0abcdef1234567890"]
    launch_template {
      launch_template_id = aws_launch_template.base.id
      version            = "$Latest"
    }
  }
}
