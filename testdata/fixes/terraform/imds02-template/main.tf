resource "aws_launch_template" "alone" {
  name = "alone"
}

resource "aws_launch_template" "followed" {
  name = "followed"
}

resource "aws_instance" "follower" {
  launch_template {
    id      = aws_launch_template.followed.id
    version = aws_launch_template.followed.latest_version
  }
}

resource "aws_launch_template" "grouped" {
  name = "grouped"
}

resource "aws_autoscaling_group" "group" {
  max_size = 1
  min_size = 1

  launch_template {
    id      = aws_launch_template.grouped.id
    version = "$Latest"
  }
}

resource "aws_launch_template" "refreshed" {
  name = "refreshed"
}

resource "aws_autoscaling_group" "refreshing" {
  max_size = 1
  min_size = 1

  launch_template {
    id      = aws_launch_template.refreshed.id
    version = aws_launch_template.refreshed.latest_version
  }

  instance_refresh {
    strategy = "Rolling"
  }
}

resource "aws_launch_configuration" "named" {
  name     = "named"
  image_id = "ami-1"
}

resource "aws_launch_configuration" "prefixed" {
  name_prefix = "prefixed-"
  image_id    = "ami-1"

  metadata_options {
    http_put_response_hop_limit = 1
  }

  lifecycle {
    create_before_destroy = true
  }
}
