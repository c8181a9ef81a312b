# A secret that may be given instead of one that is made: what is made is fine, what is given is shown in plans.
variable "compared_password" { # expect: SEC07 warning "aws_db_instance.compared"
  type    = string
  default = ""
}

variable "coalesced_password" { # expect: SEC07 warning "aws_db_instance.coalesced"
  type    = string
  default = null
}

variable "required_password" { # expect: SEC07 warning "aws_db_instance.required"
  type = string
}

variable "switched_password" { # expect: SEC07 warning "aws_db_instance.switched"
  type    = string
  default = ""
}

variable "managed_password" { # expect: SEC07 warning "aws_db_instance.managed"
  type    = string
  default = null
}

variable "worker_token" { # expect: SEC07 warning "aws_lambda_function.worker"
  type    = string
  default = null
}

variable "carried" { # expect: SEC07 warning "aws_db_instance.carried"
  type    = string
  default = null
}

# Marked, no secret, never used by itself, a number, or what decides only.
variable "marked_password" {
  type      = string
  default   = ""
  sensitive = true
}

variable "log_level" {
  type    = string
  default = ""
}

variable "prefix" {
  type    = string
  default = ""
}

variable "last_password" {
  type    = string
  default = ""
}

variable "length_of_password" {
  type    = number
  default = 0
}

variable "create_password" {
  type    = bool
  default = true
}

resource "random_password" "db" {
  length = 20
}

locals {
  password = coalesce(var.carried, random_password.db.result)
}

resource "aws_db_instance" "compared" {
  password = var.compared_password != "" ? var.compared_password : random_password.db.result
}

resource "aws_db_instance" "coalesced" {
  password = coalesce(var.coalesced_password, random_password.db.result)
}

resource "aws_db_instance" "required" {
  password = coalesce(var.required_password, random_password.db.result)
}

resource "aws_db_instance" "switched" {
  password = var.create_password ? random_password.db.result : var.switched_password
}

resource "aws_db_instance" "managed" {
  manage_master_user_password = var.create_password
  password                    = var.create_password ? null : var.managed_password
}

resource "aws_db_instance" "carried" {
  password = local.password
}

resource "aws_lambda_function" "worker" {
  environment {
    variables = {
      TOKEN     = coalesce(var.worker_token, random_password.db.result)
      LOG_LEVEL = coalesce(var.log_level, "info")
    }
  }
}

resource "aws_db_instance" "marked" {
  password = coalesce(var.marked_password, random_password.db.result)
}

resource "aws_db_instance" "prefixed" {
  password = var.create_password ? random_password.db.result : "${var.prefix}${random_password.db.result}"
}

resource "aws_db_instance" "last" {
  password = coalesce(random_password.db.result, var.last_password)
}

resource "aws_secretsmanager_secret_version" "number" {
  secret_string = var.create_password ? random_password.db.result : var.length_of_password
}

# Of a text that is put together another part is the secret.
variable "custom_domain" {
  type    = string
  default = null
}

variable "domain" {
  type = string
}

resource "aws_secretsmanager_secret_version" "document" {
  secret_string = jsonencode({
    host     = var.custom_domain == null ? var.domain : var.custom_domain
    password = random_password.db.result
  })
}
