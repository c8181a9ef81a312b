provider "aws" {
  region = "eu-west-1"
}

resource "aws_launch_template" "good" {
  name = "good"

  iam_instance_profile {
    name = "web"
  }

  metadata_options {
    http_tokens = "required"
  }
}

resource "aws_launch_template" "bad" { # expect: EC202
  name_prefix = "bad-"

  metadata_options {
    http_tokens = "optional" # expect: IMDS01
  }
}

resource "aws_launch_template" "counted" {
  count = 2
  name  = "counted-${count.index}"

  iam_instance_profile {
    name = "web"
  }

  metadata_options {
    http_tokens = count.index == 0 ? "required" : "optional" # expect: IMDS01
  }
}

# The id is known after apply; the reference says whose it is.
resource "aws_instance" "by_id" {
  instance_type = "t3.micro"

  launch_template {
    id      = aws_launch_template.good.id
    version = aws_launch_template.good.latest_version
  }
}

resource "aws_instance" "by_name" {
  instance_type = "t3.micro"

  launch_template {
    name = "good"
  }
}

resource "aws_instance" "overriding" {
  instance_type = "t3.micro"

  launch_template {
    id = aws_launch_template.good.id
  }

  metadata_options {
    http_tokens = "optional" # expect: IMDS01
  }
}

resource "aws_instance" "elsewhere" { # expect: EC201?; IMDS02?
  instance_type = "t3.micro"

  launch_template {
    id = "lt-0123456789abcdef0"
  }
}

resource "aws_instance" "each" {
  for_each      = { first = aws_launch_template.counted[0].id, second = aws_launch_template.counted[1].id }
  instance_type = "t3.micro"

  launch_template {
    id = each.value
  }
}

resource "aws_autoscaling_group" "mixed" {
  min_size = 1
  max_size = 2

  mixed_instances_policy {
    launch_template {
      launch_template_specification {
        launch_template_id = aws_launch_template.good.id
      }

      override {
        instance_type = "t3.small"

        launch_template_specification {
          launch_template_id = aws_launch_template.bad.id
        }
      }
    }
  }
}
