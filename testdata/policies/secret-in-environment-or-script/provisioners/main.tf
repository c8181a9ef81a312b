resource "terraform_data" "setup" {
  connection {
    host     = "10.0.0.1"
    password = "corr3ct-horse-1" # expect: SEC05 "`password` in `connection` of `terraform_data.setup`"
  }

  provisioner "remote-exec" {
    inline = [
      "echo export AWS_SECRET_ACCESS_KEY=corr3ct-horse-2 >> ~/.bashrc", # expect: SEC05 "in a script of `terraform_data.setup`"
      "echo done",
    ]
  }

  provisioner "local-exec" {
    command = "./deploy.sh --token $TOKEN"
    environment = {
      TOKEN  = "corr3ct-horse-3" # expect: SEC05 "TOKEN"
      SECRET = "$DEPLOY_SECRET"
    }
  }
}
