variable "with_profile" {
  type = bool
}

resource "aws_instance" "maybe" {
  iam_instance_profile = var.with_profile ? aws_iam_instance_profile.web.name : null # expect: EC201?
  metadata_options {
    http_tokens = "required"
  }
}

resource "aws_instance" "counted" {
  iam_instance_profile = one(aws_iam_instance_profile.counted[*].name)
  metadata_options {
    http_tokens = "required"
  }
}

resource "aws_instance" "tried" {
  iam_instance_profile = try(aws_iam_instance_profile.counted[0].name, "")
  metadata_options {
    http_tokens = "required"
  }
}

resource "aws_iam_instance_profile" "web" {
  role = "web"
}

resource "aws_iam_instance_profile" "counted" {
  count = 1
  role  = "web"
}
