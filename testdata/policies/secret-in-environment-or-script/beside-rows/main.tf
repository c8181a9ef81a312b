# Arguments that are newer than the rows of their types, of other providers.
resource "vault_rabbitmq_secret_backend" "new" {
  password_wo = "petrel-sleet-1" # expect: SEC05
  username    = "admin"
}

resource "kubernetes_secret_v1" "new" {
  data_wo     = { password = "petrel-sleet-2" }               # expect: SEC05
  binary_data = { password = base64encode("petrel-sleet-3") } # expect: SEC05
}

resource "helm_release" "new" {
  set_wo = [{ name = "auth.password", value = "petrel-sleet-4" }] # expect: SEC05
}

resource "mongodbatlas_database_user" "new" {
  password_wo         = "petrel-sleet-5" # expect: SEC05
  password_wo_version = 1
}

resource "vault_approle_auth_backend_role" "fine" {
  token_bound_cidrs = ["127.0.0.1"]
  token_policies    = ["default"]
}

resource "okta_policy_mfa" "factors" {
  okta_password = { enroll = "REQUIRED" }
}

resource "snowflake_stage" "role" {
  credentials = "AWS_ROLE='arn:aws:iam::123456789012:role/snowflake'"
}

resource "aws_iam_role" "snowflake" {
  name               = "snowflake"
  assume_role_policy = "{}"
}

resource "snowflake_stage" "role_of_here" {
  credentials = "AWS_ROLE='${aws_iam_role.snowflake.arn}'"
}

resource "snowflake_stage" "keys" {
  credentials = "AWS_KEY_ID='AKIAIOSFODNN7EXAMPLE' AWS_SECRET_KEY='${var.stage_part}'"
}

variable "stage_part" { # expect: SEC07 warning
  type = string
}

resource "okta_idp_saml" "fine" {
  token_binding = "HTTP-POST"
}

resource "vault_aws_secret_backend" "fine" {
  identity_token_key_wo = "name-of-a-key"
}

resource "okta_factor_totp" "fine" {
  shared_secret_encoding = "hexadecimal"
}

data "external" "command" {
  program = ["sh", "-c", "curl -u admin:petrel-sleet-6 https://x.example.com"] # expect: SEC05
  query   = { db_password = "petrel-sleet-7" }                                 # expect: SEC05
}

data "archive_file" "code" {
  type        = "zip"
  output_path = "x.zip"
  source {
    content  = "DB_PASSWORD = 'petrel-sleet-8'\n" # expect: SEC05
    filename = "settings.py"
  }
}
