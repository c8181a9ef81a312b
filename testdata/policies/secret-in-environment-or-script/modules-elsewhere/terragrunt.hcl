terraform { # expect: IMDS02?
  source = "tfr:///terraform-aws-modules/ec2-instance/aws?version=5.0.0"
}

dependency "vpc" {
  config_path = "../vpc"
}

inputs = {
  user_data             = "export DB_PASSWORD=petrel-sleet-11"                                                                                                       # expect: SEC05
  container_definitions = jsonencode([{ image = dependency.vpc.outputs.id, environment = [{ name = "DB_PASSWORD", value = "petrel-sleet-12" }] }]) # expect: SEC05
}
