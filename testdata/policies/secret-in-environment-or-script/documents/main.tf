resource "aws_ssm_document" "run" {
  name          = "run"
  document_type = "Command"
  content = jsonencode({
    schemaVersion = "2.2"
    parameters    = { Password = { type = "String", description = "password of the user" } }
    mainSteps = [{
      action = "aws:runShellScript"
      name   = "run"
      inputs = { runCommand = ["export DB_PASSWORD={{ Password }}", "export API_TOKEN=corr3ct-horse-1"] } # expect: SEC05 "API_TOKEN"
    }]
  })
}

resource "aws_sfn_state_machine" "flow" {
  name       = "flow"
  role_arn   = "arn:aws:iam::111122223333:role/flow"
  definition = <<-JSON
    {"States": {"Call": {"Parameters": {"Token.$": "$$.Task.Token", "Password.$": "$.password",
    "Expect": "# expect-below: SEC05", "X": 1,
    "ApiKey": "corr3ct-horse-2"}}}}
  JSON
}

resource "aws_api_gateway_rest_api" "api" {
  name = "api"
  body = jsonencode({
    components = { schemas = { Login = { properties = { password = { type = "string", example = "hunter2222" } } } } }
  })
}

resource "aws_msk_configuration" "kafka" {
  name              = "kafka"
  server_properties = <<-EOT
    auto.create.topics.enable=true
    # expect-below: SEC05 "aws_msk_configuration.kafka"
    ssl.keystore.password=corr3ct-horse-3
    ssl.keystore.location=/etc/keys
  EOT
}

resource "aws_cloudfront_distribution" "site" {
  enabled = true
  origin {
    domain_name = "origin.internal"
    origin_id   = "origin"
    custom_header {
      name  = "X-Origin-Secret"
      value = "corr3ct-horse-4" # expect: SEC05 "aws_cloudfront_distribution.site"
    }
    custom_header {
      name  = "X-Forwarded-Proto"
      value = "https"
    }
  }
}

variable "stage" {
  type = string
}

resource "aws_ssm_parameter" "clear" {
  name  = "/${var.stage}/app/db_password"
  type  = "String"
  value = "corr3ct-horse-5" # expect: SEC05 "aws_ssm_parameter.clear"
}

resource "aws_ssm_parameter" "held" {
  name  = "/${var.stage}/app/db_password"
  type  = "SecureString"
  value = "corr3ct-horse-6" # expect: SEC01 "aws_ssm_parameter.held"
}

resource "aws_ssm_parameter" "arn" {
  name  = "/${var.stage}/app/db_secret_arn"
  type  = "String"
  value = "corr3ct-horse-7"
}
