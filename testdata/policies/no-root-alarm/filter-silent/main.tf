resource "aws_cloudtrail" "main" { # expect: ROOT05 warning "tells nobody"
  name           = "main"
  s3_bucket_name = "logs"
}

resource "aws_cloudwatch_log_metric_filter" "root" {
  name           = "root"
  log_group_name = "trail"
  pattern        = "{$.userIdentity.type=\"Root\"}"

  metric_transformation {
    name      = "RootUsage"
    namespace = "Audit"
    value     = "1"
  }
}

resource "aws_cloudwatch_metric_alarm" "root" {
  alarm_name  = "root"
  metric_name = aws_cloudwatch_log_metric_filter.root.metric_transformation[0].name
  namespace   = "Audit"
}
