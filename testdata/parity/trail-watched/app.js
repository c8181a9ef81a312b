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
  "type": "AWS::Events::Rule",
  "properties": {
    "Name": "root",
    "EventPattern": {
      "detail": {
        "userIdentity": {
          "type": [
            "Root"
          ]
        }
      }
    },
    "Targets": [
      {
        "Id": "security",
        "Arn": "arn:aws:sns:us-east-1:111122223333:security"
      }
    ]
  }
});

app.synth();
