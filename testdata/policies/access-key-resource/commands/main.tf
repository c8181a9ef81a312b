resource "null_resource" "key" {
  provisioner "local-exec" {
    command = "aws iam create-access-key --user-name ci > key.json" # expect: KEY01 "null_resource.key runs a command"
  }
}

resource "terraform_data" "words" {
  provisioner "remote-exec" {
    inline = [
      "aws iam list-access-keys",
      "aws iam create-access-key --user-name ${var.user}", # expect: KEY01
    ]
  }
}

variable "user" {
  type = string
}

resource "aws_instance" "web" {
  iam_instance_profile = "web"
  metadata_options {
    http_tokens = "required"
  }
  user_data = base64encode(<<-EOT
    #!/bin/bash
    # aws iam create-access-key --user-name nobody
    # expect-below: KEY01
    aws iam create-access-key \
      --user-name bob
  EOT
  )
}
