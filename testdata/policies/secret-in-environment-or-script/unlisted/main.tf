variable "password" {
  type      = string
  sensitive = true
}

locals {
  variables = {
    DB_PASSWORD = "c0rrect-h0rse-1" # expect: SEC05 "`DB_PASSWORD` in `value`"
    LOG_LEVEL   = "debug-and-trace"
  }
}

resource "gitlab_project_variable" "each" {
  for_each = local.variables
  project  = "app"
  key      = each.key
  value    = each.value
}

resource "circleci_environment_variable" "token" {
  project = "app"
  name    = "API_TOKEN"
  value   = "c0rrect-h0rse-2" # expect: SEC05 "`API_TOKEN` in `value` of `circleci_environment_variable.token`"
}

resource "azurerm_linux_virtual_machine" "machine" {
  name                            = "machine"
  admin_username                  = "admin"
  admin_password                  = "c0rrect-h0rse-3" # expect: SEC05 "`admin_password` in the arguments of `azurerm_linux_virtual_machine.machine`"
  disable_password_authentication = false
  tags = {
    password = "c0rrect-h0rse-in-a-tag"
  }
}

resource "azurerm_linux_web_app" "app" {
  app_settings = {
    "ConnectionStrings__ApiKey" = "c0rrect-h0rse-4" # expect: SEC05 "`ConnectionStrings__ApiKey` in the arguments of `azurerm_linux_web_app.app`"
    "WEBSITE_RUN_FROM_PACKAGE"  = "1"
  }
  dynamic "auth_settings" {
    for_each = ["one"]
    content {
      active_directory {
        client_id     = "0d7cd5e9-9c1b-4b52-8f7e-000000000001"
        client_secret = "c0rrect-h0rse-5" # expect: SEC05 "`client_secret` in the arguments"
      }
    }
  }
}

resource "google_container_cluster" "cluster" {
  name = "cluster"
  master_auth {
    username = "admin"
    password = "c0rrect-h0rse-6" # expect: SEC05 "`password` in the arguments of `google_container_cluster.cluster`"
  }
}

resource "grafana_data_source" "database" {
  type                     = "postgres"
  name                     = "database"
  secure_json_data_encoded = jsonencode({ password = "c0rrect-h0rse-7" }) # expect: SEC05 "`password` in `secure_json_data_encoded`"
}

resource "aws_opsworks_application" "app" {
  name = "app"
  type = "other"
  app_source {
    type     = "git"
    password = "c0rrect-h0rse-8" # expect: SEC05 "`password` in the arguments of `aws_opsworks_application.app`"
  }
}

resource "vsphere_virtual_machine" "machine" {
  name = "machine"
  clone {
    customize {
      windows_options {
        admin_password = var.password
      }
    }
  }
}

# What only refers, describes, switches or is made elsewhere.
resource "azurerm_key_vault_access_policy" "policy" {
  secret_permissions = ["Get", "List"]
}

resource "google_secret_manager_secret" "database" {
  secret_id = "database-password"
}

resource "kubernetes_service_account" "app" {
  automount_service_account_token = true
  image_pull_secret {
    name = "registry-credentials"
  }
}

resource "vault_approle_auth_backend_role" "app" {
  role_name         = "app"
  token_policies    = ["app-read"]
  token_bound_cidrs = ["10.20.0.0/16"]
  token_ttl         = 1200
}

resource "auth0_client" "app" {
  token_endpoint_auth_method = "client_secret_post"
}

resource "azurerm_postgresql_flexible_server" "server" {
  administrator_password = "changeme"
}

resource "azurerm_mysql_flexible_server" "server" {
  administrator_password = random_password.database.result
}

resource "random_password" "database" {
  length           = 32
  override_special = "!#$%&*()-_=+[]{}<>:?"
}

resource "aws_lambda_permission" "skill" {
  function_name      = "skill"
  action             = "lambda:InvokeFunction"
  principal          = "alexa-appkit.amazon.com"
  event_source_token = "amzn1.ask.skill.11111111-2222-3333-4444-555555555555"
}

resource "aws_autoscaling_group_tag" "tag" {
  autoscaling_group_name = "a"
  tag {
    key                 = "password"
    value               = "c0rrect-h0rse-in-a-tag"
    propagate_at_launch = true
  }
}

resource "aws_sqs_queue_policy" "policy" {
  queue_url = "https://sqs.eu-west-1.amazonaws.com/123456789012/orders"
  policy    = jsonencode({ Statement = [{ Effect = "Deny", Condition = { Null = { "aws:TokenIssueTime" = "true-or-false" } } }] })
}

data "gitlab_project_variable" "read" {
  key   = "DB_PASSWORD"
  value = "c0rrect-h0rse-of-data"
}

resource "acme_machine" "texts" {
  script   = "export DB_PASSWORD=c0rrect-h0rse-20" # expect: SEC05
  manifest = <<-EOT
    kind: Secret
    stringData:
      password: c0rrect-h0rse-21 # expect: SEC05
  EOT
  startup  = <<-EOT
    #!/bin/bash
    mysql -u root -pc0rrect-h0rse-22 -h ${var.password} # expect: SEC05
  EOT
  comment  = "the password - if any - is handed over"
}
