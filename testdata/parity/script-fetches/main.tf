# want:

variable "region" {
  type = string
}

resource "aws_instance" "web" {
  ami                  = "ami-1"
  instance_type        = "t3.micro"
  iam_instance_profile = "web"
  metadata_options {
    http_tokens = "required"
  }
  user_data_base64 = base64encode(<<-EOT
    #!/bin/bash
    export REGION=${var.region}
    export DB_PASSWORD="$(aws secretsmanager get-secret-value --secret-id prod-db-9)"
  EOT
  )
}
