variable "pattern" {
  type = string
}

resource "aws_cloudtrail" "main" { # expect: ROOT05? "variable `pattern` has no default"
  name           = "main"
  s3_bucket_name = "logs"
}

resource "aws_cloudwatch_log_metric_filter" "given" {
  name           = "given"
  log_group_name = "trail"
  pattern        = var.pattern

  metric_transformation {
    name      = "Given"
    namespace = "Audit"
    value     = "1"
  }
}
