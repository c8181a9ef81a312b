variable "file" {
  type      = string
  sensitive = true
}

# Whatever is in it, programs look for a static key there.
resource "terraform_data" "given" {
  provisioner "file" {
    content     = var.file
    destination = "/home/web/.aws/credentials" # expect: KEY04 "writes a long-lived access key to a file"
  }
}

resource "terraform_data" "elsewhere" {
  provisioner "file" {
    source      = "~/.aws/credentials"
    destination = "/root/.aws/credentials" # expect: KEY04
  }
}

# What is here is read.
resource "terraform_data" "read" {
  provisioner "file" {
    source      = "${path.module}/pair"
    destination = "/root/.aws/credentials"
  }
}

resource "terraform_data" "script" {
  provisioner "file" {
    source      = "${path.module}/start.sh"
    destination = "/tmp/start.sh"
  }
}

resource "terraform_data" "role" {
  provisioner "file" {
    content     = "[default]\nrole_arn = arn:aws:iam::123456789012:role/web\ncredential_source = Ec2InstanceMetadata\n"
    destination = "/root/.aws/credentials"
  }
}

resource "terraform_data" "folder" {
  provisioner "file" {
    source      = "${path.module}/"
    destination = "/srv/web"
  }
}
