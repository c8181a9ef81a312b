# expect-below: EXC02 warning "silences nothing until it says why"
# keyless: ignore[IMDS02]
resource "aws_instance" "bad" { # expect: IMDS02
  iam_instance_profile = "web"
}

# expect-below: EXC02 warning
# keyless: ignore[IMDS02,EC201] until=2999-01-31 -
resource "aws_instance" "date" { # expect: IMDS02
  iam_instance_profile = "web"
}

# keyless: ignore[IMDS02] the agent needs version 1
resource "aws_instance" "good" {
  iam_instance_profile = "web"
}
