# expect-below: EXC01 warning "not written as keyless reads it"
# keyless:ignore:IMDS02 the agent needs version 1
resource "aws_instance" "words" { # expect: IMDS02
  iam_instance_profile = "web"
}

# expect-below: EXC01 warning "did you mean `IMDS02`"
# keyless: ignore[IMDS22] the agent needs version 1
resource "aws_instance" "unknown" { # expect: IMDS02
  iam_instance_profile = "web"
}

# expect-below: EXC01 warning "IMDS01, IMDS02, IMDS03, IMDS04"
# keyless: ignore[IMDS] the agent needs version 1
resource "aws_instance" "family" { # expect: IMDS02
  iam_instance_profile = "web"
}

# expect-below: EXC01 warning "a policy about exceptions"
# keyless: ignore[IMDS02,EXC04] the agent needs version 1
resource "aws_instance" "itself" {
  iam_instance_profile = "web"
}

# expect-below: EXC01 warning "is no day"
# keyless: ignore[IMDS02] until=2027-02-30 the agent needs version 1
resource "aws_instance" "day" { # expect: IMDS02
  iam_instance_profile = "web"
}

# expect-below: EXC01 warning "above its first line of code"
# keyless: ignore-file[IMDS02] the agent needs version 1
resource "aws_instance" "place" { # expect: IMDS02
  iam_instance_profile = "web"
}

# Prose about keyless: no exception is meant by this.
resource "aws_instance" "good" {
  iam_instance_profile = "web"
  user_data            = <<-EOT
    # keyless: ignore the rest
  EOT
  metadata_options {
    http_tokens = "required"
  }
}
