# What a module of the registry does with its inputs is not known: scripts, documents and environments are read all the same.
resource "aws_vpc" "main" {}

variable "prefix" {}

locals {
  setup = <<-E
    #!/bin/bash
    export DB_PASSWORD=petrel-sleet-1 # expect: SEC05
  E
}

module "script" { # expect: IMDS02?
  source    = "terraform-aws-modules/ec2-instance/aws"
  user_data = <<-E
    export DB_PASSWORD=petrel-sleet-2 # expect: SEC05
    echo ${aws_vpc.main.id}
  E
}

module "encoded" { # expect: IMDS02?
  source = "terraform-aws-modules/autoscaling/aws"
  user_data = base64encode(<<-E
    export DB_PASSWORD=petrel-sleet-3 # expect: SEC05
    echo ${aws_vpc.main.id}
  E
  )
}

module "local" { # expect: IMDS02?
  source = "acme/app/aws"
  nodes  = { first = { pre_bootstrap = local.setup } }
}

module "container" { # expect: IMDS02?
  source = "terraform-aws-modules/ecs/aws//modules/service"
  container_definitions = jsonencode([{
    image       = "app:${aws_vpc.main.id}"
    environment = [{ name = "DB_PASSWORD", value = "petrel-sleet-4" }] # expect: SEC05
    command     = ["sh", "-c", "mysql -u root -ppetrel-sleet-5"]       # expect: SEC05
  }])
}

module "document" { # expect: IMDS02?
  source        = "terraform-aws-modules/secrets-manager/aws"
  secret_string = jsonencode({ password = "petrel-sleet-6", host = aws_vpc.main.id }) # expect: SEC05
}

module "written" { # expect: IMDS02?
  source      = "acme/app/aws"
  definitions = <<-J
    [{"environment": [{"name": "DB_PASSWORD", "value": "petrel-sleet-7"}]}] # expect: SEC05
  J
}

module "charts" { # expect: IMDS02?
  source = "aws-ia/eks-blueprints-addons/aws"
  kube_prometheus_stack = {
    values = [<<-EOT
      grafana:
        adminPassword: petrel-sleet-8 # expect: SEC05
    EOT
    ]
  }
  argocd = { values = [yamlencode({ configs = { adminPassword = "petrel-sleet-9" } })] } # expect: SEC05
}

module "each" { # expect: IMDS02?
  source   = "acme/app/aws"
  for_each = { first = "petrel-sleet-10" } # expect: SEC05
  script   = "export DB_PASSWORD=${each.value}\necho ${aws_vpc.main.id}"
}

module "fine" { # expect: IMDS02?
  source      = "acme/app/aws"
  description = "set the password: now and then"
  user_data   = "export DB_PASSWORD=$(aws ssm get-parameter --name db)\necho ${aws_vpc.main.id}"
  settings    = jsonencode({ password_arn = aws_vpc.main.arn, password_length = 24 })
  environment = [{ name = "SECRET_NAME", value = "${var.prefix}/db" }]
}

# What is told elsewhere takes nothing away.
locals {
  unrelated = "@AKIA@" # expect: KEY02
}

# What only speaks of secrets.
module "speaks" { # expect: IMDS02?
  source         = "acme/app/aws"
  alert_messages = ["careful", "token: expired-for-user"]
  dashboard_body = jsonencode({ widgets = [{ title = "Auth token", token = "metrics-name-x" }] })
  assume_policy  = jsonencode({ Condition = { StringEquals = { "oidc:secret" = "foobarbaz1" } } })
}

module "states" { # expect: IMDS02?
  source     = "acme/states/aws"
  definition = jsonencode({ Parameters = { password = "petrel-sleet-13", host = aws_vpc.main.id } }) # expect: SEC05
}
