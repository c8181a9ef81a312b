variable "template_version" {
  type = string
}

locals {
  followed = aws_launch_template.by_local.latest_version
  pinned   = "3"
}

resource "aws_launch_template" "by_default" {
  name                   = "by-default"
  update_default_version = true
}

resource "aws_instance" "by_default" {
  launch_template {
    id = aws_launch_template.by_default.id
  }
}

resource "aws_launch_template" "by_default_of_old" {
  name = "by-default-of-old"
}

resource "aws_instance" "by_default_of_old" {
  launch_template {
    id      = aws_launch_template.by_default_of_old.id
    version = "$Default"
  }
}

resource "aws_launch_template" "by_local" {
  name = "by-local"
}

resource "aws_instance" "by_local" {
  launch_template {
    id      = aws_launch_template.by_local.id
    version = local.followed
  }

  metadata_options {
    http_tokens = "required"
  }
}

resource "aws_autoscaling_group" "by_local" {
  max_size = 1
  min_size = 1

  launch_template {
    id      = aws_launch_template.by_local.id
    version = "$Latest"
  }
}

resource "aws_launch_template" "by_variable" {
  name = "by-variable"
}

resource "aws_instance" "by_variable" {
  launch_template {
    name    = "by-variable"
    version = var.template_version
  }

  metadata_options {
    http_tokens = "required"
  }
}

resource "aws_launch_template" "pinned" {
  name                   = "pinned"
  update_default_version = true
}

resource "aws_instance" "pinned" {
  launch_template {
    id      = aws_launch_template.pinned.id
    version = local.pinned
  }

  metadata_options {
    http_tokens = "required"
  }
}

resource "aws_launch_template" "of_nodes" {
  name = "of-nodes"
}

resource "aws_launch_template" "of_group" {
  name                   = "of-group"
  update_default_version = true
}

resource "aws_autoscaling_group" "group" {
  max_size   = 1
  min_size   = 1
  depends_on = [aws_launch_template.pinned]

  mixed_instances_policy {
    launch_template {
      launch_template_specification {
        launch_template_id = aws_launch_template.of_group.id
      }
    }
  }

  instance_refresh {
    strategy = "Rolling"
  }
}

resource "aws_launch_template" "trigger" {
  name = "trigger"
}

resource "aws_instance" "triggered" {
  ami = "ami-1"

  metadata_options {
    http_tokens = "required"
  }

  lifecycle {
    replace_triggered_by = [aws_launch_template.trigger]
  }
}

resource "aws_launch_template" "told" {
  name = "told"
}

resource "aws_launch_template" "given" {
  name = "given"
}

resource "aws_launch_template" "kept" {
  name = "kept"
}
