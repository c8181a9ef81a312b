resource "aws_cloudtrail" "main" {
  name           = "main"
  s3_bucket_name = "logs"
}

locals {
  alarms = {
    root    = "{ $.userIdentity.type = \"Root\" && $.userIdentity.invokedBy NOT EXISTS }"
    changes = "{ $.eventName = StopLogging }"
  }
}

resource "aws_cloudwatch_log_metric_filter" "all" {
  for_each       = local.alarms
  name           = each.key
  log_group_name = "trail"
  pattern        = each.value

  metric_transformation {
    name      = each.key
    namespace = "Audit"
    value     = "1"
  }
}

resource "aws_cloudwatch_metric_alarm" "all" {
  for_each      = local.alarms
  alarm_name    = each.key
  metric_name   = aws_cloudwatch_log_metric_filter.all[each.key].id
  namespace     = "Audit"
  alarm_actions = [aws_sns_topic.security.arn]
}
