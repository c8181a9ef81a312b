# expect-below: EXC04 warning "EC201 reports nothing that this is about"
# keyless: ignore[IMDS02,EC201] the agent needs version 1
resource "aws_instance" "bad" {
  iam_instance_profile = "web"
}

resource "aws_instance" "inside" { # expect: IMDS02
  # expect-below: EXC04 warning
  # keyless: ignore[IMDS02] the agent needs version 1
  iam_instance_profile = "web"
}

# A policy of the strict set is not judged here.
# keyless: ignore[IMDS02,IMDS03] the agent needs version 1
resource "aws_instance" "good" {
  iam_instance_profile = "web"
}
