resource "aws_launch_template" "tracked" {
  name_prefix            = "tracked-"
  update_default_version = true

  iam_instance_profile {
    name = "web"
  }

  metadata_options {
    http_tokens = "required"
  }
}

resource "aws_instance" "by_default" {
  launch_template {
    id      = aws_launch_template.tracked.id
    version = "$Default"
  }
}

resource "aws_instance" "by_default_version" {
  launch_template {
    id      = aws_launch_template.tracked.id
    version = aws_launch_template.tracked.default_version
  }
}

resource "aws_instance" "by_arn" {
  launch_template {
    id      = element(split("/", aws_launch_template.tracked.arn), 1)
    version = "$Latest"
  }
}

# A prefix names nothing that a literal could mean.
resource "aws_instance" "by_prefix" { # expect: IMDS02? "not in this project"; EC201? "not in this project"
  launch_template {
    name = "tracked-"
  }
}
