module "web" {
  source      = "./modules/web"
  http_tokens = "optional"

  options = {
    http_tokens = "optional" # as ever
  }
}
