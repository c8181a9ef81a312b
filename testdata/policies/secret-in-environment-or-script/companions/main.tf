# What commonly stands beside AWS resources: charts, manifests, files, schedules.
resource "helm_release" "app" {
  name = "app"

  set {
    name  = "auth.password"
    value = "harrier-hail-1" # expect: SEC05
  }

  set {
    name  = "auth.existingSecret"
    value = "app-credentials"
  }

  set_sensitive {
    name  = "auth.root"
    value = "harrier-hail-2" # expect: SEC01
  }

  values = [<<-EOT
    auth:
      password: harrier-hail-3 # expect: SEC05
      existingSecret: app-credentials
  EOT
  ]
}

resource "kubernetes_secret" "app" {
  data = {
    username = "application"
    password = "harrier-hail-4" # expect: SEC05
  }
}

resource "kubernetes_deployment" "app" {
  spec {
    template {
      spec {
        container {
          env {
            name  = "DB_PASSWORD"
            value = "harrier-hail-5" # expect: SEC05
          }
          env {
            name = "API_TOKEN"
            value_from {
              secret_key_ref {
                name = "app-credentials"
                key  = "token"
              }
            }
          }
        }
      }
    }
  }
}

resource "kubernetes_manifest" "external" {
  manifest = {
    kind = "ExternalSecret"
    spec = {
      target = { name = "app-credentials" }
      data   = [{ secretKey = "auth0-client-id", remoteRef = { key = "app/auth0" } }]
    }
  }
}

resource "local_file" "settings" {
  filename = "app.properties"
  content  = "db.user=app\ndb.password=harrier-hail-6\n" # expect: SEC05
}

resource "aws_eks_addon" "agent" {
  cluster_name         = "main"
  addon_name           = "agent"
  configuration_values = jsonencode({ env = { API_TOKEN = "harrier-hail-7" } }) # expect: SEC05
}

resource "aws_cloudwatch_event_target" "nightly" {
  rule = "nightly"
  arn  = "arn:aws:ecs:eu-west-1:111122223333:cluster/main"
  input = jsonencode({
    containerOverrides = [{ name = "app", environment = [{ name = "DB_PASSWORD", value = "harrier-hail-8" }] }] # expect: SEC05
  })
}

resource "aws_dms_endpoint" "target" {
  endpoint_id                 = "target"
  endpoint_type               = "target"
  engine_name                 = "s3"
  extra_connection_attributes = "bucketName=files;password=harrier-hail-9" # expect: SEC05
}

resource "aws_glue_workflow" "daily" {
  default_run_properties = { "--db_password" = "harrier-hail-10", "--db_secret_name" = "app/db" } # expect: SEC05
}
