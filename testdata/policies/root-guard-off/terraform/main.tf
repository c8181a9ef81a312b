variable "detect" {
  type    = bool
  default = false # expect: ROOT02 warning "GuardDuty"
}

variable "unsaid" {
  type = bool
}

resource "aws_guardduty_detector" "off" {
  enable = var.detect
}

resource "aws_guardduty_detector" "on" {}

resource "aws_guardduty_detector" "open" {
  enable = var.unsaid
}

resource "aws_securityhub_standards_control" "root_mfa" {
  standards_control_arn = "arn:aws:securityhub:eu-west-1:111122223333:control/cis-aws-foundations-benchmark/v/1.2.0/1.13"
  control_status        = "DISABLED" # expect: ROOT02 warning "MFA"
  disabled_reason       = "not ours"
}

# Other control of the same standard.
resource "aws_securityhub_standards_control" "rotation" {
  standards_control_arn = "arn:aws:securityhub:eu-west-1:111122223333:control/cis-aws-foundations-benchmark/v/1.2.0/1.4"
  control_status        = "DISABLED"
}

resource "aws_securityhub_standards_control" "on" {
  standards_control_arn = "arn:aws:securityhub:eu-west-1:111122223333:control/pci-dss/v/3.2.1/PCI.IAM.1"
  control_status        = "ENABLED"
}

resource "aws_securityhub_standards_control_association" "off" {
  for_each            = toset(["IAM.4", "IAM.6", "IAM.3"])
  standards_arn       = "arn:aws:securityhub:eu-west-1::standards/aws-foundational-security-best-practices/v/1.0.0"
  security_control_id = each.value
  association_status  = "DISABLED" # expect: ROOT02 warning "IAM.6"
}

resource "aws_securityhub_standards_control_association" "imds" {
  standards_arn       = "arn:aws:securityhub:eu-west-1::standards/aws-foundational-security-best-practices/v/1.0.0"
  security_control_id = "EC2.8"
  association_status  = "DISABLED" # expect: ROOT02 warning "IMDSv2"
}

resource "aws_securityhub_configuration_policy" "org" {
  name = "org"

  configuration_policy {
    service_enabled       = true
    enabled_standard_arns = ["arn:aws:securityhub:eu-west-1::standards/aws-foundational-security-best-practices/v/1.0.0"]

    security_controls_configuration {
      disabled_control_identifiers = [
        "S3.1",
        "CloudWatch.1", # expect: ROOT02 warning
      ]
    }
  }
}

resource "aws_cloudwatch_event_rule" "root" {
  event_pattern = jsonencode({ detail = { userIdentity = { type = ["Root"] } } })
  state         = "DISABLED" # expect: ROOT02 warning "reaches the rule's targets"
}

resource "aws_cloudwatch_event_rule" "root_old" {
  event_pattern = <<-EOT
    {"detail-type": ["AWS Console Sign In via CloudTrail"], "detail": {"userIdentity": {"type": ["Root"]}}}
  EOT
  is_enabled    = false # expect: ROOT02 warning
}

# Not about the root user.
resource "aws_cloudwatch_event_rule" "other" {
  event_pattern = jsonencode({ source = ["aws.ec2"] })
  is_enabled    = false
}

resource "aws_cloudwatch_log_metric_filter" "root" {
  name           = "root"
  log_group_name = "trail"
  pattern        = "{ $.userIdentity.type = \"Root\" && $.eventType != \"AwsServiceEvent\" }"

  metric_transformation {
    name      = "RootUsage"
    namespace = "Audit"
    value     = "1"
  }
}

resource "aws_cloudwatch_metric_alarm" "root" {
  alarm_name      = "root"
  metric_name     = "RootUsage"
  namespace       = "Audit"
  alarm_actions   = ["arn:aws:sns:us-east-1:111122223333:security"]
  actions_enabled = false # expect: ROOT02 warning "tells nobody"
}

resource "aws_cloudwatch_metric_alarm" "load" {
  alarm_name      = "load"
  metric_name     = "CPUUtilization"
  namespace       = "AWS/EC2"
  actions_enabled = false
}

resource "aws_config_config_rule" "root" {
  name = "root"

  source {
    owner             = "AWS"
    source_identifier = "IAM_ROOT_ACCESS_KEY_CHECK"
  }
}

resource "aws_config_configuration_recorder_status" "main" {
  name       = "main"
  is_enabled = false # expect: ROOT02 warning "stops the recorder"
}
