# want: SEC05 web

resource "aws_instance" "web" {
  ami                  = "ami-1"
  instance_type        = "t3.micro"
  iam_instance_profile = "web"
  metadata_options {
    http_tokens = "required"
  }
  user_data = <<-EOT
    #!/bin/bash
    export REGION=eu-west-1
    export DB_PASSWORD=@PASSWORD@
  EOT
}
