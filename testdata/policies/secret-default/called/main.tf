variable "db_password" {
  default = "Prod-Horse-1"
}

data "aws_ssm_parameter" "db" {
  name = var.db_password
}

variable "api_token" {
  type = string
}

data "aws_secretsmanager_secret_version" "api" {
  secret_id = "${var.api_token}-app"
}

# Used as a name, and as what it names.
variable "admin_password" {
  default = "Prod-Horse-2" # expect: SEC04
}

resource "aws_lambda_function" "admin" {
  function_name = "admin"
  environment {
    variables = {
      ADMIN_SECRET_NAME = var.admin_password
    }
  }
}

resource "null_resource" "login" {
  triggers = { login = var.admin_password }
}

# Used by nobody.
variable "spare_password" {
  default = "Prod-Horse-3" # expect: SEC04
}

# A name that mostly stands for what a secret is called.
variable "db_secret" {
  default = "prod-db-secret"
}

variable "client_secret" {
  default = "prod-client-secret" # expect: SEC04
}

# Nobody can mean these, or a tool deciphers them.
variable "blotted_password" {
  default = "[REDACTED]"
}

variable "sops_password" {
  default = "ENC[AES256_GCM,data:Tr7oZ19b,iv:4h8cMQ0Q,tag:ZLJ1bQ==,type:str]"
}

variable "weak_password" {
  default = "changeme" # expect: SEC04
}

variable "docker_registry_secret" {
  default = "regcred-dockerhub"
}

variable "license_key_secret" {
  default = "splunk-license"
}

variable "tls_secret" {
  default = "wildcard-petrel-tls"
}

variable "secret_property" {
  default = "client_secret"
}

variable "registry_secret" {
  default = "petrel-sleet-9" # expect: SEC04
}
