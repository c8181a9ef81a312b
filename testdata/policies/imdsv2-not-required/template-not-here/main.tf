resource "aws_instance" "web" { # expect: IMDS02? "not in this project"; EC201? "not in this project"
  launch_template {
    name = "made-elsewhere"
  }
}

resource "aws_instance" "settled" {
  iam_instance_profile = "web"
  metadata_options {
    http_tokens = "required"
  }
  launch_template {
    name = "made-elsewhere"
  }
}
