resource "aws_launch_template" "with" {
  iam_instance_profile {
    name = "jobs"
  }
  metadata_options {
    http_tokens = "required"
  }
}

resource "aws_batch_compute_environment" "of_its_template" {
  type = "MANAGED"
  compute_resources {
    type = "EC2"
    launch_template {
      launch_template_id = aws_launch_template.with.id
      version            = "$Latest"
    }
  }
}

resource "aws_batch_compute_environment" "own" {
  type = "MANAGED"
  compute_resources {
    type          = "SPOT"
    instance_role = "arn:aws:iam::111122223333:instance-profile/jobs"
    launch_template {
      launch_template_id = aws_launch_template.with.id
      version            = "$Latest"
    }
  }
}
