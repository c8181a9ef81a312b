resource "awscc_lambda_function" "own" {
  environment = {
    variables = {
      DB_PASSWORD = "Pl4in-text-1" # expect: SEC05
      LOG_LEVEL   = "debug"
    }
  }
}

resource "awscc_ecs_task_definition" "own" {
  task_role_arn = "arn:aws:iam::123456789012:role/task"
  container_definitions = [{
    name = "app"
    environment = [
      { name = "DB_PASSWORD", value = "Pl4in-text-2" }, # expect: SEC05 "name it under `secrets` with a `value_from`"
      { name = "LOG_LEVEL", value = "debug" },
    ]
    secrets = [{ name = "DB_PASSWORD", value_from = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:db" }]
  }]
}

resource "awscc_codebuild_project" "own" {
  environment = {
    environment_variables = [
      { name = "DB_PASSWORD", type = "PLAINTEXT", value = "Pl4in-text-3" }, # expect: SEC05
      { name = "DB_PASSWORD", type = "SECRETS_MANAGER", value = "prod/db-password" },
    ]
  }
}

resource "awscc_ec2_instance" "own" {
  iam_instance_profile = "web"
  metadata_options     = { http_tokens = "required" }
  user_data            = base64encode("export DB_PASSWORD=Pl4in-text-4") # expect: SEC05
}

resource "awscc_ec2_launch_template" "own" {
  launch_template_data = {
    iam_instance_profile = { name = "web" }
    metadata_options     = { http_tokens = "required" }
    user_data            = base64encode("export DB_PASSWORD=Pl4in-text-5") # expect: SEC05
  }
}

resource "awscc_ssm_parameter" "own" {
  name  = "/app/db_password"
  type  = "String"
  value = "Pl4in-text-6" # expect: SEC05 "Cloud Control makes no `SecureString`"
}

resource "awscc_elasticbeanstalk_environment" "own" {
  application_name = "app"
  option_settings = [
    { namespace = "aws:autoscaling:launchconfiguration", option_name = "IamInstanceProfile", value = "web" },
    { namespace = "aws:autoscaling:launchconfiguration", option_name = "DisableIMDSv1", value = "true" },
    { namespace = "aws:elasticbeanstalk:application:environment", option_name = "DB_PASSWORD", value = "Pl4in-text-7" }, # expect: SEC05
  ]
}
