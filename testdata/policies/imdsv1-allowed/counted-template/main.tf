resource "aws_launch_template" "counted" {
  count = 2
  iam_instance_profile {
    name = "web"
  }
  metadata_options {
    http_tokens = count.index == 0 ? "required" : "optional" # expect: IMDS01 "`aws_instance.second` gets"
  }
}

resource "aws_instance" "second" {
  launch_template {
    id = aws_launch_template.counted[1].id
  }
}

resource "aws_instance" "first" {
  launch_template {
    id = aws_launch_template.counted[0].id
  }
}
