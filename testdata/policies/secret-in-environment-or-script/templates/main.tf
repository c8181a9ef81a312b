variable "region" {
  type = string
}

variable "folder" {
  type = string
}

locals {
  password = "@RANDOM@" # expect: SEC04
}

# What is handed to a template that is not here stands in the code all the same.
resource "aws_instance" "web" {
  iam_instance_profile = "web"
  metadata_options {
    http_tokens = "required"
  }
  user_data = templatefile("${path.module}/absent.sh", {
    db_password = "@RANDOM@" # expect: SEC05 "`db_password` in `user_data`"
    region      = var.region
    settings    = { api_key = "@RANDOM@" } # expect: SEC05
  })
}

resource "aws_launch_template" "web" {
  iam_instance_profile {
    name = "web"
  }
  metadata_options {
    http_tokens = "required"
  }
  user_data = base64encode(templatefile("${var.folder}/start.sh", {
    db_password = "@RANDOM@" # expect: SEC05
  }))
}

# What only refers, what is to be filled in, and what nobody knows.
resource "aws_instance" "harmless" {
  iam_instance_profile = "web"
  metadata_options {
    http_tokens = "required"
  }
  user_data = templatefile("absent.sh", {
    db_password_arn = "arn:aws:secretsmanager:eu-west-1:111122223333:secret:db"
    db_password     = "changeme"
    db_user         = "application"
  })
}

# A hash holds nothing of what it is made of.
resource "null_resource" "start" {
  triggers = {
    start = sha256(templatefile("absent.sh", { db_password = local.password }))
  }
}

# Of what an input is made that is a secret, nobody knows what its template holds.
resource "aws_secretsmanager_secret_version" "db" {
  secret_id     = "db"
  secret_string = templatefile("absent.json", { user = "application" })
}
