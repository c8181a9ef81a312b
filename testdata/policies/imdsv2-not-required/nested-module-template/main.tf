module "template" {
  source = "./template"
}

module "group" {
  source      = "./group"
  template_id = module.template.id
}
