variable "key" {
  type      = string
  sensitive = true
}

data "template_file" "read" {
  template = "${file("${path.module}/start.sh")}"
  vars {
    key = "${var.key}"
  }
}

resource "aws_launch_configuration" "read" {
  iam_instance_profile = "web"
  metadata_options {
    http_endpoint = "enabled"
    http_tokens   = "required"
  }
  user_data = "${data.template_file.read.rendered}"
}

data "template_file" "inline" {
  count    = 2
  template = <<-EOT
    #!/bin/bash
    export AWS_SECRET_ACCESS_KEY=$${key} # expect: KEY04 "aws_instance.inline"
    echo $$HOME
  EOT
  vars = {
    key = var.key
  }
}

resource "aws_instance" "inline" {
  iam_instance_profile = "web"
  metadata_options {
    http_tokens = "required"
  }
  user_data = data.template_file.inline[1].rendered
}

# A name among the variables and one in the text are one key.
data "template_file" "named" {
  template = "export AWS_SECRET_ACCESS_KEY=$${AWS_SECRET_ACCESS_KEY}" # expect: KEY04 "aws_launch_template.named"
  vars     = { AWS_SECRET_ACCESS_KEY = var.key }
}

resource "aws_launch_template" "named" {
  iam_instance_profile {
    name = "web"
  }
  metadata_options {
    http_tokens = "required"
  }
  user_data = base64encode(data.template_file.named.rendered)
}

# Compressed and encoded, it is known by its parts.
data "template_file" "part" {
  template = "[default]\naws_secret_access_key = $${key}\n" # expect: KEY04 "aws_instance.parts"
  vars     = { key = var.key }
}

data "template_cloudinit_config" "parts" {
  part {
    content_type = "text/x-shellscript"
    content      = "#!/bin/bash\naws iam create-access-key --user-name bob" # expect: KEY01
  }
  part {
    content = data.template_file.part.rendered
  }
}

resource "aws_instance" "parts" {
  iam_instance_profile = "web"
  metadata_options {
    http_tokens = "required"
  }
  user_data_base64 = data.template_cloudinit_config.parts.rendered
}

# The form that took a path.
data "template_file" "old" {
  filename = "${path.module}/old.sh"
}

resource "aws_instance" "old" {
  iam_instance_profile = "web"
  metadata_options {
    http_tokens = "required"
  }
  user_data = data.template_file.old.rendered
}

# Two dollars are one of the shell's, and a variable of the shell is no value.
data "template_file" "right" {
  template = "export AWS_SECRET_ACCESS_KEY=$$$${KEY}\nhostname $${name}"
  vars     = { name = var.key }
}

resource "aws_instance" "right" {
  iam_instance_profile = "web"
  metadata_options {
    http_tokens = "required"
  }
  user_data = data.template_file.right.rendered
}
