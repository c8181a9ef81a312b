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

app.synth();
