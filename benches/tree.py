#!/usr/bin/env python3
"""tree.py FOLDER ROOTS: writes a tree of Terraform as teams keep it, always the same one: ROOTS root modules of five files,
and a shared module to every ten of them, which call each other four deep."""
import pathlib
import sys

folder, roots = pathlib.Path(sys.argv[1]), int(sys.argv[2])
modules = max(4, roots // 10)


def write(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


def module(at):
    deeper = at + 1 if at % 4 != 3 and at + 1 < modules else None
    call = f"""
module "inner" {{
  source  = "../m{deeper}"
  name    = "${{var.name}}-inner"
  profile = var.profile
  tags    = local.tags
}}
""" if deeper is not None else ""
    return {
        "variables.tf": """variable "name" {
  type        = string
  description = "What everything in here is called"
}

variable "profile" {
  type    = string
  default = null
}

variable "tags" {
  type    = map(string)
  default = {}
}

variable "sizes" {
  type = map(object({ type = string, count = number }))
  default = {
    small = { type = "t3.micro", count = 2 }
    large = { type = "m5.large", count = 1 }
  }
}
""",
        "main.tf": f"""locals {{
  tags = merge(var.tags, {{ Module = "m{at}", Name = var.name }})
}}

resource "aws_launch_template" "this" {{
  for_each      = var.sizes
  name          = "${{var.name}}-${{each.key}}"
  image_id      = "ami-{at:017x}"
  instance_type = each.value.type

  metadata_options {{
    http_endpoint               = "enabled"
    http_tokens                 = "required"
    http_put_response_hop_limit = 1
  }}

  dynamic "iam_instance_profile" {{
    for_each = var.profile == null ? [] : [var.profile]
    content {{
      name = iam_instance_profile.value
    }}
  }}

  tags = local.tags
}}

resource "aws_autoscaling_group" "this" {{
  for_each = var.sizes
  name     = "${{var.name}}-${{each.key}}"
  max_size = each.value.count
  min_size = 0

  launch_template {{
    id      = aws_launch_template.this[each.key].id
    version = aws_launch_template.this[each.key].latest_version
  }}
}}

resource "aws_security_group" "this" {{
  name        = "${{var.name}}-web"
  description = "What may reach the web tier"

  dynamic "ingress" {{
    for_each = toset([80, 443])
    content {{
      from_port   = ingress.value
      to_port     = ingress.value
      protocol    = "tcp"
      cidr_blocks = ["10.0.0.0/8"]
    }}
  }}
}}
{call}""",
        "outputs.tf": """output "templates" {
  value = { for key, template in aws_launch_template.this : key => template.id }
}
""",
    }


def root(at):
    return {
        "providers.tf": """terraform {
  required_version = ">= 1.5"
  backend "s3" {
    bucket  = "states"
    encrypt = true
  }
}

provider "aws" {
  region = "eu-west-2"
  assume_role {
    role_arn = "arn:aws:iam::${local.account}:role/deploy"
  }
}
""",
        "locals.tf": f"""locals {{
  account     = "{at:012d}"
  environment = terraform.workspace == "production" ? "production" : "development"
  name        = format("app-%s-%d", local.environment, {at})
  sizes       = jsondecode(file("sizes.json"))
  subnets     = {{ for zone in ["a", "b", "c"] : zone => cidrsubnet("10.{at % 256}.0.0/16", 8, index(["a", "b", "c"], zone)) }}
  is_live     = contains(["production", "staging"], local.environment)
}}
""",
        "sizes.json": '{"web": "t3.small", "worker": "m5.large"}\n',
        "main.tf": f"""module "service" {{
  source  = "../../modules/m{at % modules // 4 * 4}"
  name    = local.name
  profile = aws_iam_instance_profile.this.name
  tags    = {{ Environment = local.environment, Owner = "team-{at % 17}" }}
}}

resource "aws_iam_role" "this" {{
  name = local.name
  assume_role_policy = jsonencode({{
    Version   = "2012-10-17"
    Statement = [{{ Effect = "Allow", Action = "sts:AssumeRole", Principal = {{ Service = "ec2.amazonaws.com" }} }}]
  }})
}}

resource "aws_iam_instance_profile" "this" {{
  name = local.name
  role = aws_iam_role.this.name
}}

resource "aws_instance" "this" {{
  for_each             = local.sizes
  ami                  = data.aws_ami.this.id
  instance_type        = each.value
  iam_instance_profile = {'aws_iam_instance_profile.this.name' if at % 5 else 'null'}

  metadata_options {{
    http_tokens = {'"required"' if at % 7 else 'local.is_live ? "required" : "optional"'}
  }}

  user_data = <<-EOT
    #!/bin/bash
    set -eu
    hostnamectl set-hostname ${{each.key}}.${{local.name}}.internal
    systemctl enable --now app@{at}
  EOT

  tags = {{ Name = "${{local.name}}-${{each.key}}" }}
}}

resource "aws_db_instance" "this" {{
  identifier                  = local.name
  engine                      = "postgres"
  instance_class              = "db.t4g.medium"
  allocated_storage           = 20
  username                    = "app"
  manage_master_user_password = true
}}

resource "aws_lambda_function" "this" {{
  function_name = "${{local.name}}-resize"
  role          = aws_iam_role.this.arn
  handler       = "index.handler"
  runtime       = "nodejs22.x"
  filename      = "resize.zip"
  environment {{
    variables = {{
      STAGE = local.environment
      TABLE = "${{local.name}}-items"
    }}
  }}
}}

data "aws_ami" "this" {{
  most_recent = true
  owners      = ["amazon"]
}}
""",
        "outputs.tf": """output "instances" {
  description = "Where they are"
  value       = { for key, instance in aws_instance.this : key => instance.private_ip }
}
""",
    }


for at in range(modules):
    for name, text in module(at).items():
        write(folder / "modules" / f"m{at}" / name, text)
for at in range(roots):
    for name, text in root(at).items():
        write(folder / "roots" / f"r{at}" / name, text)
