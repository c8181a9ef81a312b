resource "aws_key_pair" "ops" { # expect: EC204 warning "aws_key_pair.ops"
  public_key = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIEaMpLe ops"
}

resource "aws_instance" "web" {
  key_name = aws_key_pair.ops.key_name # expect: EC204 warning "aws_instance.web"
}

resource "aws_instance" "windows" {
  get_password_data = true # expect: EC204 warning
}

resource "aws_instance" "good" {
  get_password_data = false
  key_name          = ""
}

variable "key" {
  type = string
}

# It may well be null.
resource "aws_instance" "open" {
  key_name = var.key
}

resource "aws_eks_node_group" "nodes" {
  remote_access {
    ec2_ssh_key = "ops" # expect: EC204 warning
  }
}

resource "aws_cloud9_environment_ec2" "shell" {
  connection_type = "CONNECT_SSH" # expect: EC204 warning
}

resource "aws_cloud9_environment_ec2" "session" {
  connection_type = "CONNECT_SSM"
}
