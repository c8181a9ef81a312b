variable "key" {
  type      = string
  sensitive = true
}

resource "aws_instance" "credentials" {
  iam_instance_profile = "web"
  metadata_options {
    http_tokens = "required"
  }
  user_data = <<-EOT
    #!/bin/bash
    cat > ~/.aws/credentials <<EOF
    [default]
    aws_access_key_id = somekey
    aws_secret_access_key = ${var.key} # expect: KEY04 "static access key"
    EOF
  EOT
}

# The shell takes temporary credentials of a role.
resource "aws_instance" "assumes" {
  iam_instance_profile = "web"
  metadata_options {
    http_tokens = "required"
  }
  user_data = <<-EOT
    #!/bin/bash
    export AWS_ACCESS_KEY_ID=$(echo "$CREDENTIALS" | jq -r .AccessKeyId)
    export AWS_SECRET_ACCESS_KEY=$(echo "$CREDENTIALS" | jq -r .SecretAccessKey)
  EOT
}

resource "null_resource" "remote" {
  provisioner "remote-exec" {
    inline = ["echo export AWS_SECRET_ACCESS_KEY=${var.key} >> ~/.bashrc"] # expect: KEY04
  }
}
