# Each line says what is to be found there; what is found and not expected fails, as does what is missing.

resource "aws_ebs_volume" "unsaid" { # expect: @CODE@
  availability_zone = "eu-west-1a"
  size              = 10
}

resource "aws_ebs_volume" "plain" {
  availability_zone = "eu-west-1a"
  size              = 10
  encrypted         = false # expect: @CODE@
}

resource "aws_ebs_volume" "encrypted" {
  availability_zone = "eu-west-1a"
  size              = 10
  encrypted         = true
}
