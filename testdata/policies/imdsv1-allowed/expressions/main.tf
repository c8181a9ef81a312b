variable "strict" {
  default = false
}

variable "options" {
  type    = map(string)
  default = { tokens = "optional" } # expect: IMDS01 "aws_instance.looked_up"
}

resource "aws_instance" "conditional" {
  iam_instance_profile = "web"
  metadata_options {
    http_tokens = var.strict ? "required" : "optional" # expect: IMDS01
  }
}

resource "aws_instance" "looked_up" {
  iam_instance_profile = "web"
  metadata_options {
    http_tokens = lookup(var.options, "tokens", "required")
  }
}

resource "aws_instance" "default_of_lookup" {
  iam_instance_profile = "web"
  metadata_options {
    http_tokens = lookup(var.options, "http_tokens", "required")
  }
}

resource "aws_instance" "copied" {
  iam_instance_profile = "web"
  metadata_options {
    http_tokens = aws_instance.source.metadata_options[0].http_tokens
  }
}

resource "aws_instance" "source" {
  iam_instance_profile = "web"
  metadata_options {
    http_tokens = "optional" # expect: IMDS01 "aws_instance.copied"
  }
}

resource "aws_instance" "undecided" {
  iam_instance_profile = "web"
  metadata_options {
    http_tokens = var.nobody ? "required" : "optional" # expect: IMDS01?
  }
}

resource "aws_instance" "same_either_way" {
  iam_instance_profile = "web"
  metadata_options {
    http_tokens = var.nobody ? "required" : "required"
  }
}

variable "nobody" {
  type = bool
}
