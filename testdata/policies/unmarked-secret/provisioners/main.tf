# Terraform prints the commands of provisioners as it runs them, unless something in them is sensitive.
variable "db_password" {} # expect: SEC07 warning

variable "github_token" {} # expect: SEC07 warning

variable "root_pw" {} # expect: SEC07 warning

variable "ssh_key" { # expect: SEC07 warning
  type = string
}

variable "deploy_token" {
  sensitive = true
}

variable "host" {}

resource "null_resource" "a" {
  connection {
    host     = var.host
    user     = "root"
    password = var.root_pw
  }

  provisioner "local-exec" {
    command = "PGPASSWORD=${var.db_password} psql -h ${var.host}"
  }

  provisioner "local-exec" {
    command = "curl -H 'Authorization: Bearer ${var.github_token}' https://api.github.com/x"
    environment = {
      DEPLOY_TOKEN = var.deploy_token
    }
  }

  provisioner "remote-exec" {
    inline = ["hostnamectl set-hostname ${var.host}"]
    connection {
      private_key = var.ssh_key
    }
  }
}
