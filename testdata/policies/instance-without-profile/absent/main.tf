resource "aws_instance" "absent" { # expect: EC201
  metadata_options {
    http_tokens = "required"
  }
}

resource "aws_instance" "empty" {
  iam_instance_profile = "" # expect: EC201
  metadata_options {
    http_tokens = "required"
  }
}

resource "aws_instance" "nothing" { # expect: EC201
  iam_instance_profile = null
  metadata_options {
    http_tokens = "required"
  }
}

resource "aws_instance" "reference" {
  iam_instance_profile = aws_iam_instance_profile.web.name
  metadata_options {
    http_tokens = "required"
  }
}

resource "aws_instance" "variable" {
  iam_instance_profile = var.profile
  metadata_options {
    http_tokens = "required"
  }
}

resource "aws_instance" "looked_up" {
  iam_instance_profile = data.aws_iam_instance_profile.shared.name
  metadata_options {
    http_tokens = "required"
  }
}

resource "aws_instance" "defaulted" {
  iam_instance_profile = var.no_profile
  metadata_options {
    http_tokens = "required"
  }
}

resource "aws_instance" "off" { # expect: EC201
  metadata_options {
    http_endpoint = "disabled"
  }
}

resource "aws_iam_instance_profile" "web" {
  role = "web"
}

data "aws_iam_instance_profile" "shared" {
  name = "shared"
}

variable "profile" {
  type = string
}

variable "no_profile" {
  default = "" # expect: EC201 "aws_instance.defaulted"
}
