resource "aws_launch_configuration" "good" {
  name                 = "good"
  iam_instance_profile = "web"
  metadata_options {
    http_tokens = "required"
  }
}

resource "aws_launch_configuration" "bad" { # expect: IMDS02 "aws_autoscaling_group.bad"
  name_prefix          = "bad-"
  iam_instance_profile = "web"
}

resource "aws_autoscaling_group" "good" {
  launch_configuration = aws_launch_configuration.good.name
}

resource "aws_autoscaling_group" "literal" {
  launch_configuration = "good"
}

resource "aws_autoscaling_group" "bad" {
  launch_configuration = aws_launch_configuration.bad.id
}
