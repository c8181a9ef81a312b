variable "token" {
  type      = string
  sensitive = true
}

data "http" "releases" {
  url = "https://api.internal/releases"
  request_headers = {
    Accept        = "application/json"
    Authorization = "Bearer corr3ct-horse-1" # expect: SEC05 "`Authorization` in `request_headers` of `data.http.releases`"
  }
}

data "http" "by_reference" {
  url = "https://api.internal/releases"
  request_headers = {
    Authorization = "Bearer ${var.token}"
  }
}

data "http" "to_be_filled" {
  url = "https://api.internal/releases"
  request_headers = {
    Authorization = "Bearer <your-token>"
  }
}

resource "aws_ecs_task_definition" "app" {
  family = "app"
  container_definitions = jsonencode([{
    name  = "app"
    image = "app"
    environment = [
      { name = "Authorization", value = "token corr3ct-horse-2" }, # expect: SEC05 "`Authorization` in the environment"
      { name = "PROXY_AUTHORIZATION", value = "none" },
      { name = "AUTHORIZATION", value = "AWS_IAM" },
    ]
  }])
}

resource "aws_sfn_state_machine" "flow" {
  name     = "flow"
  role_arn = "arn:aws:iam::111122223333:role/flow"
  definition = jsonencode({
    StartAt = "Call"
    States = {
      Call = {
        Type     = "Task"
        Resource = "arn:aws:states:::http:invoke"
        Parameters = {
          Headers = {
            Authorization       = "Bearer corr3ct-horse-3" # expect: SEC05 "`Authorization` in `definition`"
            Proxy-Authorization = "Bearer ${var.token}"
          }
        }
        Next = "Ask"
      }
      Ask = {
        Type     = "Task"
        Resource = "arn:aws:states:::http:invoke"
        Parameters = {
          Headers = {
            "Authorization.$" = "States.Format('Bearer {}', $.token)"
            Authorization     = "Bearer $.token"
          }
        }
        End = true
      }
    }
  })
}

resource "aws_sfn_state_machine" "text" {
  name       = "text"
  role_arn   = "arn:aws:iam::111122223333:role/flow"
  definition = <<-JSON
    {"StartAt": "Call", "States": {"Call": {"Type": "Task", "End": true, "Parameters": {"Headers": {
      "Comment": "# expect-below: SEC05",
      "Authorization": "Bearer corr3ct-horse-4"
    }}}}}
  JSON
}

resource "aws_lambda_function" "basic" {
  function_name = "basic"
  role          = "arn:aws:iam::111122223333:role/basic"
  environment {
    variables = {
      Authorization = "Basic @B64(bob:corr3ct-horse-5)@" # expect: SEC06
    }
  }
}

resource "aws_s3_object" "probe" {
  bucket  = "b"
  key     = "probe.yaml"
  content = <<-EOT
    httpGet:
      httpHeaders:
        - name: Authorization
          value: Bearer corr3ct-horse-6 # expect: SEC05 "Authorization"
        - name: Authorization
          value: Bearer $(TOKEN)
  EOT
}
