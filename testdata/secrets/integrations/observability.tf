resource "aws_ecs_task_definition" "collector" {
  family = "collector"
  container_definitions = jsonencode([
    {
      name  = "collector"
      image = "⟦- name/image|public.ecr.aws/aws-observability/aws-otel-collector:v0.43.1⟧"
      environment = [
        { name = "NEW_RELIC_USER_KEY", value = "⟦+SEC02 token/newrelic|NRAK-HS2PK¦2JPL0¦N6BKO¦SPT4Z¦5M4LC¦PN⟧" },
        { name = "NEW_RELIC_INSERT", value = "⟦+SEC02 token/newrelic|NRII-scXFl¦lu6UN¦kinYS¦TXXaA¦MjJ3e¦m8mtv¦ye⟧" },
        { name = "NEW_RELIC_LICENSE", value = "⟦+SEC02 token/newrelic|f42fc¦3e740¦4578e¦248ce¦417f6¦0d4bf¦5d374¦2NRAL⟧" },
        { name = "NEW_RELIC_BROWSER", value = "⟦- public/newrelic|NRJS-ce4c3¦6321d¦530fd¦453f⟧" },
        { name = "DD_API_KEY", value = "⟦+SEC02,SEC05 vendor/datadog|39d94¦cd4a8¦a99ff¦d4f0a¦be8eb¦9c453¦20⟧" },
        { name = "DD_APP_KEY", value = "⟦+SEC02 token/datadog|ddapp¦_3TLm¦QvASt¦Ezy1B¦fBVjU¦NDJKN¦EQOC5¦dN8R3⟧" },
        { name = "DD_VERSION", value = "⟦- hash/git|ca4f7¦90da0¦54347¦9f9c1¦f9b3a¦e4880¦3fdfa¦4f6d5⟧" },
        { name = "GRAFANA_SA", value = "⟦+SEC02 token/grafana|glsa_¦BzVFi¦I6Gnc¦0KtdG¦pUZ2p¦b1Pmq¦snzb7¦BA_d5¦a6b81¦7⟧" },
        { name = "GRAFANA_CLOUD", value = "⟦+SEC02 token/grafana|glc_e¦yJvIj¦oiODQ¦xMjM0¦Iiwib¦iI6In¦N0YWN¦rLWNp¦Iiwia¦yI6Im¦1IbzZ¦ITm1Q¦bThZV¦UZxeU¦x0VFd¦EQ3N2¦S1ZMN¦Gh3QT¦NqIiw¦ibSI6¦eyJyI¦joiZX¦UifX0=⟧" },
        { name = "GRAFANA_API_KEY", value = "⟦+SEC02,SEC05 token/grafana|eyJrI¦joiTm¦ZzYlY¦xa0Zk¦ZHRCY¦zJvWX¦I0ZGx¦FSmpw¦VGFrT¦FRlNH¦oiLCJ¦uIjoi¦Y2kiL¦CJpZC¦I6MX0=⟧" },
        { name = "SENTRY_ORG", value = "⟦+SEC02 token/sentry|sntry¦s_eyJ¦pYXQi¦OjE3N¦jAwMD¦AwMDA¦uNSwi¦dXJsI¦joiaH¦R0cHM¦6Ly9z¦ZW50c¦nkuaW¦8iLCJ¦yZWdp¦b25fd¦XJsIj¦oiaHR¦0cHM6¦Ly91c¦y5zZW¦50cnk¦uaW8i¦LCJvc¦mciOi¦JhY21¦lIn0=_mF2T¦VGKuy¦F4TW0¦d3wsn¦s81bc¦PzClz¦w3P8h¦Mfx4r¦e5JD⟧" },
        { name = "SENTRY_USER", value = "⟦+SEC02 token/sentry|sntry¦u_84c¦2a6e6¦1951a¦7a800¦34a8f¦14c5f¦1f604¦bc6c1¦e270a¦911ee¦7e3f1¦3bbb6¦2fa58¦6⟧" },
        { name = "SENTRY_RELEASE", value = "⟦- hash/git|c3582¦47eae¦6cb03¦f00d4¦3123e¦1107c¦9ad54¦d3c07⟧" },
        { name = "HONEYCOMB_API_KEY", value = "⟦+SEC05,SEC02 vendor/honeycomb|rc9kP¦tNktr¦J9IoM¦zn47Z¦pqVSK¦dm9wg¦zl⟧" },
        { name = "OTEL_EXPORTER_OTLP_ENDPOINT", value = "⟦- url/plain|https://otlp.eu01.nr-data.net:4317⟧" },
        { name = "OTEL_RESOURCE_ATTRIBUTES", value = "⟦- setting/list|service.name=collector,deployment.environment=prod⟧" },
        { name = "OTEL_EXPORTER_OTLP_HEADERS", value = "api-key=⟦+SEC02,SEC05 token/newrelic|6e7d7¦482b4¦96a27¦fbbc3¦3bc67¦8d66d¦bf3fb¦1NRAL⟧" },
        { name = "AUTH_TOKEN_FILE", value = "⟦- name/path|/var/run/secrets/tokens/collector⟧" },
        { name = "ECS_CONTAINER_METADATA", value = "⟦- setting/bool|true⟧" },
      ]
      secrets = [
        { name = "HONEYCOMB_KEY", valueFrom = "⟦- arn/secret|arn:aws:secretsmanager:eu-west-1:75949¦69023¦70:secret:honeycomb-nvozkl⟧" },
        { name = "ELASTIC_PASSWORD", valueFrom = "⟦- name/parameter|/observability/elastic⟧" },
      ]
    }
  ])
}

resource "aws_kinesis_firehose_delivery_stream" "logs" {
  name        = "logs"
  destination = "splunk"
  splunk_configuration {
    hec_endpoint      = "⟦- url/plain|https://http-inputs-acme.splunkcloud.com:443⟧"
    hec_token         = "⟦+SEC01 vendor/splunk|cced8¦1bb-8fff-4bdf-a287-4431e¦2372f¦2e⟧"
    hec_endpoint_type = "⟦- setting/word|Event⟧"
    s3_configuration {
      role_arn   = "⟦- arn/role|arn:aws:iam::67121¦85307¦45:role/firehose⟧"
      bucket_arn = "⟦- arn/bucket|arn:aws:s3:::acme-logs⟧"
    }
  }
}

resource "aws_cloudwatch_event_connection" "pager" {
  name               = "pager"
  authorization_type = "⟦- setting/word|API_KEY⟧"
  auth_parameters {
    api_key {
      key   = "⟦- setting/header|x-routing-key⟧"
      value = "⟦+SEC01 vendor/pagerduty|98de4¦6e096¦60b45¦5b271¦7bbc3¦c150b¦88⟧"
    }
  }
}

resource "aws_grafana_workspace_api_key" "ci" {
  key_name        = "⟦- name/key|ci-2024⟧"
  key_role        = "⟦- setting/word|EDITOR⟧"
  seconds_to_live = ⟦- setting/number|3600⟧
  workspace_id    = "⟦- id/number|g-2k3jd8fh2l⟧"
}

resource "aws_sns_platform_application" "push" {
  name                = "push"
  platform            = "GCM"
  platform_credential = "⟦+SEC02,SEC01 token/google|AIzaS¦yyHjS¦YQn4G¦4OG26¦M47gC¦TLaY8¦6IU9I¦lfLY⟧"
}
