const cdk = require('aws-cdk-lib');

const app = new cdk.App({ analyticsReporting: false, treeMetadata: false });
const stack = new cdk.Stack(app, 'App');

new cdk.CfnResource(stack, 'Alerts', {
  "type": "AWS::Lambda::Function",
  "properties": {
    "Role": "arn:aws:iam::123456789012:role/alerts",
    "Runtime": "python3.13",
    "Handler": "alerts.handler",
    "Code": {
      "S3Bucket": "code",
      "S3Key": "alerts.zip"
    },
    "Environment": {
      "Variables": {
        "CHAT": "@SLACK@"
      }
    }
  }
});

app.synth();
