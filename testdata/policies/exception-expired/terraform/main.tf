# expect-below: EXC03 warning "its last day was 2024-02-29"
# keyless: ignore[IMDS02] until=2024-02-29 the agent needs version 1
resource "aws_instance" "bad" { # expect: IMDS02
  iam_instance_profile = "web"
}

# keyless: ignore[IMDS02] until=2999-12-31 the agent needs version 1
resource "aws_instance" "good" {
  iam_instance_profile = "web"
}
