provider "aws" {
  region = "eu-west-1"
}

provider "aws" {
  alias      = "backup"
  region     = "eu-central-1"
  access_key = "@AKIA@" # expect: KEY03
  secret_key = local.backup_key
}

variable "db_password" {
  type      = string
  sensitive = true
  default   = "Default-Horse-1" # expect: SEC01
}

variable "given_password" {
  type      = string
  sensitive = true
}

variable "passed" {
  type      = string
  ephemeral = true
}

locals {
  backup_key = "@AWS_SECRET@" # expect: KEY03
  stem       = "Local-Horse-2" # expect: SEC01
  user       = "admin"
}

resource "random_password" "db" {
  length = 24
}

ephemeral "random_password" "db" {
  length = 24
}

resource "aws_db_instance" "literal" {
  instance_class = "db.t3.micro"
  password       = "Literal-Horse-3" # expect: SEC01
}

resource "aws_db_instance" "by_default" {
  instance_class = "db.t3.micro"
  password       = var.db_password
}

# Handed over when planning: no literal of the code.
resource "aws_db_instance" "given" {
  instance_class = "db.t3.micro"
  password       = var.given_password
}

resource "aws_db_instance" "by_local" {
  instance_class = "db.t3.micro"
  password       = local.stem
}

resource "aws_db_instance" "formatted" {
  instance_class = "db.t3.micro"
  password       = format("%s-%s", "Formatted", "Horse-4") # expect: SEC01
}

resource "aws_db_instance" "generated" {
  instance_class = "db.t3.micro"
  password       = random_password.db.result
}

resource "aws_db_instance" "partly" {
  instance_class = "db.t3.micro"
  password       = "Partly-${random_password.db.result}" # expect: SEC01 warning
}

resource "aws_db_instance" "write_only" {
  instance_class      = "db.t3.micro"
  password_wo         = "Write-Only-Horse-5" # expect: SEC01
  password_wo_version = 1
}

resource "aws_db_instance" "ephemeral" {
  instance_class      = "db.t3.micro"
  password_wo         = ephemeral.random_password.db.result
  password_wo_version = 1
}

resource "aws_db_instance" "passed" {
  instance_class      = "db.t3.micro"
  password_wo         = var.passed
  password_wo_version = 1
}

resource "aws_db_instance" "managed" {
  instance_class              = "db.t3.micro"
  manage_master_user_password = true
}

resource "aws_secretsmanager_secret_version" "document" {
  secret_id = "app"
  secret_string = jsonencode({
    username = local.user
    password = "Document-Horse-6" # expect: SEC01
    host     = aws_db_instance.literal.address
  })
}

resource "aws_lambda_function" "notify" {
  function_name = "notify"
  role          = "arn:aws:iam::111122223333:role/notify"

  environment {
    variables = {
      TOKEN = "@GITHUB@" # expect: SEC02
      STAGE = var.passed_stage
    }
  }
}

variable "passed_stage" {
  default = "dev"
}

output "database" {
  value     = random_password.db.result
  sensitive = true
}
