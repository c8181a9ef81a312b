module "template" {
  source = "./template"
}

resource "aws_instance" "web" {
  launch_template {
    id      = module.template.id
    version = module.template.version
  }
}
