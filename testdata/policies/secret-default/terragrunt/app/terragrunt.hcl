terraform { # expect: IMDS02?
  source = "tfr:///terraform-aws-modules/rds/aws?version=6.1.0"

  extra_arguments "secrets" {
    commands = get_terraform_commands_that_need_vars()

    arguments = [
      "-lock-timeout=20m",
      "-var",
      "db_password=argument-Horse-2", # expect: SEC04
      "-var=api_token=argument-Horse-3", # expect: SEC04
      "-var=name=web",
    ]

    env_vars = {
      TF_VAR_master_password = "environment-Horse-4" # expect: SEC04
      TF_VAR_password        = get_env("PASSWORD")
      STAGE                  = "prod"
    }
  }

  before_hook "say" {
    commands = ["apply"]
    execute  = ["echo", "password=none"]
  }
}

dependency "vpc" {
  config_path = "../vpc"

  mock_outputs = {
    auth_token = "mock-token"
  }
}

dependency "db" {
  config_path = "../db"
}

inputs = merge(
  read_terragrunt_config("common.hcl").inputs,
  {
    name     = "web"
    vpc_id   = dependency.vpc.outputs.id
    password = dependency.db.outputs.password
    token    = "input-Horse-5" # expect: SEC04
    database = {
      username = "admin"
      password = "input-Horse-6" # expect: SEC04
    }
  },
)
