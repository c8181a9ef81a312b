resource "aws_launch_template" "jobs" { # expect: IMDS02 "aws_batch_compute_environment.jobs"
  name = "jobs"
}

resource "aws_batch_compute_environment" "jobs" {
  compute_resources {
    type          = "SPOT"
    instance_role = aws_iam_instance_profile.jobs.arn
    launch_template {
      launch_template_name = "jobs"
      version              = "$Latest"
    }
  }
}

resource "aws_iam_instance_profile" "jobs" {
  role = "jobs"
}
