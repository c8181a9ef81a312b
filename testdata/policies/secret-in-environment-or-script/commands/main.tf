variable "token" {
  type      = string
  sensitive = true
}

resource "aws_lambda_function" "image" {
  function_name = "image"
  role          = "arn:aws:iam::111122223333:role/image"
  image_config {
    command     = ["--api-token", "corr3ct-horse-1"] # expect: SEC05 "api-token"
    entry_point = ["/bin/serve"]
  }
}

resource "aws_batch_job_definition" "job" {
  name       = "job"
  type       = "container"
  parameters = { api_token = "corr3ct-horse-2" } # expect: SEC05 "api_token"
}

resource "kubernetes_deployment_v1" "app" {
  metadata {
    name = "app"
  }
  spec {
    template {
      metadata {}
      spec {
        container {
          name    = "app"
          command = ["sh", "-c", "export DB_PASSWORD=corr3ct-horse-3 && exec app"] # expect: SEC05 "DB_PASSWORD"
          args    = ["--password", var.token]
        }
      }
    }
  }
}
