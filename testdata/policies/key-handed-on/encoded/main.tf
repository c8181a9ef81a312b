variable "key" {
  type      = string
  sensitive = true
}

resource "aws_instance" "packed" {
  iam_instance_profile = "web"
  metadata_options {
    http_tokens = "required"
  }
  # expect-below: KEY04
  user_data_base64 = "@GZ(#!/bin/bash\nexport AWS_ACCESS_KEY_ID=some-key-id\n)@"
}

resource "aws_instance" "fetched" {
  iam_instance_profile = "web"
  metadata_options {
    http_tokens = "required"
  }
  user_data_base64 = "@GZ(#!/bin/bash\nexport AWS_ACCESS_KEY_ID=$(cat /run/id)\nunset AWS_SECRET_ACCESS_KEY\n)@"
}

# A user data that has to be in base 64 hides nothing of a script that is known in part.
resource "aws_launch_template" "filled" {
  iam_instance_profile {
    name = "web"
  }
  metadata_options {
    http_tokens = "required"
  }
  user_data = base64encode(templatefile("start.sh", { key = var.key }))
}

locals {
  joined  = join("\n", ["#!/bin/bash", "export AWS_SECRET_ACCESS_KEY=${var.key}"]) # expect: KEY04
  encoded = base64encode(local.joined)
}

resource "aws_launch_template" "carried" {
  iam_instance_profile {
    name = "web"
  }
  metadata_options {
    http_tokens = "required"
  }
  user_data = local.encoded
}

resource "aws_instance" "gzipped" {
  iam_instance_profile = "web"
  metadata_options {
    http_tokens = "required"
  }
  user_data_base64 = base64gzip("hostname web\naws configure set aws_secret_access_key ${var.key}") # expect: KEY04
}

resource "aws_instance" "within" {
  iam_instance_profile = "web"
  metadata_options {
    http_tokens = "required"
  }
  user_data = <<-EOT
    #cloud-config
    write_files:
      - encoding: b64
        path: /root/.aws/credentials
        content: ${base64encode("[default]\naws_secret_access_key = ${var.key}\n")} # expect: KEY04
      - encoding: b64
        path: /etc/app.json
        content: ${base64encode(jsonencode({ host = var.key, db_password = "corr3ct-horse-31" }))} # expect: SEC05
  EOT
}

resource "aws_lambda_function" "configured" {
  function_name = "configured"
  environment {
    variables = {
      CONFIG = base64encode(jsonencode({ AWS_SECRET_ACCESS_KEY = var.key })) # expect: KEY04
    }
  }
}

resource "aws_launch_template" "creates" {
  iam_instance_profile {
    name = "web"
  }
  metadata_options {
    http_tokens = "required"
  }
  user_data = base64encode(join("\n", ["hostname ${var.key}", "aws iam create-access-key --user-name bob"])) # expect: KEY01
}

resource "aws_launch_template" "right" {
  iam_instance_profile {
    name = "web"
  }
  metadata_options {
    http_tokens = "required"
  }
  user_data = base64encode("#!/bin/bash\nhostname ${var.key}\nexport AWS_SECRET_ACCESS_KEY=$(cat /run/key)\n")
}
