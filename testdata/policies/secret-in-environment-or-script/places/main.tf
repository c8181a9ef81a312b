variable "token" {
  type      = string
  sensitive = true
}

resource "aws_apigatewayv2_stage" "stage" {
  api_id = "a"
  name   = "prod"
  stage_variables = {
    dbPassword = "c0rrect-h0rse-1" # expect: SEC05 "`dbPassword` in the environment"
    tableName  = "orders"
  }
}

resource "aws_amplify_app" "app" {
  name       = "app"
  build_spec = "export DB_PASSWORD=c0rrect-h0rse-2" # expect: SEC05 "`DB_PASSWORD` in `build_spec`"
  auto_branch_creation_config {
    environment_variables = {
      API_TOKEN = "c0rrect-h0rse-3" # expect: SEC05 "`API_TOKEN` in the environment"
    }
  }
}

resource "aws_s3_bucket_object" "settings" {
  bucket  = "settings"
  key     = "app.json"
  content = jsonencode({ password = "c0rrect-h0rse-4", port = 5432 }) # expect: SEC05 "`password` in `content`"
}

resource "aws_cloudwatch_event_target" "hook" {
  rule = "hook"
  arn  = "arn:aws:events:eu-west-1:123456789012:api-destination/hook"
  http_target {
    header_parameters = {
      Authorization = "Bearer c0rrect-h0rse-5" # expect: SEC05 "`Authorization` in `header_parameters`"
      X-Request-Id  = "$.detail.id"
    }
    query_string_parameters = {
      api_key = "c0rrect-h0rse-6" # expect: SEC05 "`api_key` in `query_string_parameters`"
      page    = "1"
    }
  }
}

resource "aws_pipes_pipe" "pipe" {
  role_arn = "arn:aws:iam::123456789012:role/pipe"
  source   = "arn:aws:sqs:eu-west-1:123456789012:orders"
  target   = "arn:aws:events:eu-west-1:123456789012:api-destination/hook"
  enrichment_parameters {
    http_parameters {
      header_parameters = {
        X-Api-Key = "c0rrect-h0rse-7" # expect: SEC05 "`X-Api-Key` in `header_parameters`"
      }
    }
  }
  target_parameters {
    http_parameters {
      header_parameters = {
        X-Api-Key = var.token
      }
    }
    input_template = "{\"password\": \"c0rrect-h0rse-8\", \"token\": <$.body.token>}" # expect: SEC05 "in `input_template`"
  }
}

resource "aws_api_gateway_integration" "rest" {
  rest_api_id = "a"
  resource_id = "b"
  http_method = "GET"
  type        = "HTTP"
  request_parameters = {
    "integration.request.header.Authorization" = "'Bearer c0rrect-h0rse-9'" # expect: SEC05 "`Authorization` in `request_parameters`"
    "integration.request.header.X-Api-Key"     = "'c0rrect-h0rse-10'"       # expect: SEC05 "`X-Api-Key` in `request_parameters`"
    "integration.request.header.X-Auth-Token"  = "method.request.header.X-Auth-Token"
    "integration.request.header.X-Secret"      = "context.authorizer.principalId"
    "integration.request.header.Accept"        = "'application/json'"
  }
}

resource "aws_apigatewayv2_integration" "http" {
  api_id           = "a"
  integration_type = "HTTP_PROXY"
  request_parameters = {
    "overwrite:header.authorization" = "Bearer c0rrect-h0rse-11" # expect: SEC05 "`authorization` in `request_parameters`"
    "append:header.x-api-key"        = "$request.header.x-api-key"
    "append:header.x-auth-token"     = "$${stageVariables.authToken}"
    "overwrite:path"                 = "/v1/orders"
  }
}

resource "aws_iot_topic_rule" "rule" {
  name        = "rule"
  enabled     = true
  sql         = "SELECT * FROM 'a'"
  sql_version = "2016-03-23"
  http {
    url = "https://hooks.internal/iot"
    http_header {
      key   = "Authorization"
      value = "Bearer c0rrect-h0rse-12" # expect: SEC05 "`Authorization` in `http_header`"
    }
  }
  error_action {
    http {
      url = "https://hooks.internal/iot"
      http_header {
        key   = "x-api-key"
        value = "c0rrect-h0rse-13" # expect: SEC05 "`x-api-key` in `http_header`"
      }
      http_header {
        key   = "x-client-token"
        value = "$${topic(2)}"
      }
    }
  }
}

resource "aws_kinesis_firehose_delivery_stream" "logs" {
  name        = "logs"
  destination = "http_endpoint"
  http_endpoint_configuration {
    url = "https://logs.internal"
    request_configuration {
      common_attributes {
        name  = "api_key"
        value = "c0rrect-h0rse-14" # expect: SEC05 "`api_key` in `common_attributes`"
      }
      common_attributes {
        name  = "source"
        value = "firehose"
      }
    }
  }
}

resource "aws_db_option_group" "oracle" {
  engine_name          = "oracle-ee"
  major_engine_version = "19"
  option {
    option_name = "OEM_AGENT"
    option_settings {
      name  = "AGENT_REGISTRATION_PASSWORD"
      value = "c0rrect-h0rse-15" # expect: SEC05 "`AGENT_REGISTRATION_PASSWORD` in `option_settings`"
    }
    option_settings {
      name  = "OMS_HOST"
      value = "oms.internal"
    }
  }
}

resource "aws_emrserverless_application" "spark" {
  name          = "spark"
  release_label = "emr-7.1.0"
  type          = "spark"
  runtime_configuration {
    classification = "spark-hive-site"
    properties = {
      "javax.jdo.option.ConnectionPassword" = "c0rrect-h0rse-16" # expect: SEC05 "`javax.jdo.option.ConnectionPassword` in `runtime_configuration`"
      "javax.jdo.option.ConnectionUserName" = "hive"
    }
  }
}

resource "aws_cloudcontrolapi_resource" "database" {
  type_name     = "AWS::RDS::DBInstance"
  desired_state = jsonencode({ MasterUsername = "admin", MasterUserPassword = "c0rrect-h0rse-17" }) # expect: SEC01
}

resource "aws_dynamodb_table_item" "settings" {
  table_name = "settings"
  hash_key   = "id"
  item       = jsonencode({ id = { S = "db" }, password = { S = "c0rrect-h0rse-18" }, secretName = { S = "db" } }) # expect: SEC05 "`password` in `item`"
}

resource "aws_ssm_maintenance_window_task" "task" {
  window_id = "mw-0"
  task_type = "RUN_COMMAND"
  task_arn  = "AWS-RunShellScript"
  task_invocation_parameters {
    run_command_parameters {
      parameter {
        name   = "commands"
        values = ["export DB_PASSWORD=c0rrect-h0rse-19", "run"] # expect: SEC05 "`DB_PASSWORD` in `parameter`"
      }
    }
    lambda_parameters {
      payload = jsonencode({ apiToken = "c0rrect-h0rse-20" }) # expect: SEC05 "`apiToken` in `payload`"
    }
  }
}

resource "aws_datapipeline_pipeline_definition" "pipeline" {
  pipeline_id = "df-0"
  parameter_value {
    id           = "*myRDSPassword"
    string_value = "c0rrect-h0rse-21" # expect: SEC05 "`*myRDSPassword` in `parameter_value`"
  }
  parameter_value {
    id           = "myRDSUsername"
    string_value = "admin"
  }
}

resource "aws_opsworks_stack" "stack" {
  name        = "stack"
  custom_json = jsonencode({ mysql = { server_root_password = "c0rrect-h0rse-22" } }) # expect: SEC05 "`server_root_password` in `custom_json`"
}

resource "terraform_data" "again" {
  triggers_replace = { smtp_pass = "c0rrect-h0rse-41" } # expect: SEC05
}
