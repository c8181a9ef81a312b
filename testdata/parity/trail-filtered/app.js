const cdk = require('aws-cdk-lib');

const app = new cdk.App({ analyticsReporting: false, treeMetadata: false });
const stack = new cdk.Stack(app, 'App');

new cdk.CfnResource(stack, 'Main', {
  "type": "AWS::CloudTrail::Trail",
  "properties": {
    "TrailName": "main",
    "IsLogging": true,
    "S3BucketName": "logs"
  }
});
new cdk.CfnResource(stack, 'Root', {
  "type": "AWS::Logs::MetricFilter",
  "properties": {
    "LogGroupName": "trail",
    "FilterPattern": "{ $.userIdentity.type = \"Root\" }",
    "MetricTransformations": [
      {
        "MetricName": "RootUsage",
        "MetricNamespace": "Audit",
        "MetricValue": "1"
      }
    ]
  }
});
new cdk.CfnResource(stack, 'Other', {
  "type": "AWS::CloudWatch::Alarm",
  "properties": {
    "ComparisonOperator": "GreaterThanThreshold",
    "EvaluationPeriods": 1,
    "MetricName": "Other",
    "Namespace": "Audit",
    "AlarmActions": [
      "arn:aws:sns:us-east-1:111122223333:security"
    ]
  }
});

app.synth();
