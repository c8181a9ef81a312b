module "recorder" {
  for_each = toset(["eu-west-1", "us-east-1"])
  source   = "./recorder"
  region   = each.value
}
