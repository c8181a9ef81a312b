# A connection string that is still to be filled holds no secret; one that is filled does.
resource "aws_secretsmanager_secret_version" "to_be_filled" {
  secret_id     = "app/database"
  secret_string = "user id=;data source=db.internal;initial catalog=;password="
}

resource "aws_secretsmanager_secret_version" "filled" {
  secret_id     = "app/other"
  secret_string = "user id=app;data source=db.internal;password=falcon-winter-9" # expect: SEC06
}

resource "aws_ssm_parameter" "ends_like_a_setting" {
  name  = "app/token"
  type  = "SecureString"
  value = "FalconSecret=" # expect: SEC01
}
