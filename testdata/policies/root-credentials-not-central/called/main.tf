module "organization" {
  source = "./organization"
}

module "root" {
  source   = "./root"
  features = ["RootCredentialsManagement", "RootSessions"]
}
