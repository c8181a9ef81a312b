const cdk = require('aws-cdk-lib');

const app = new cdk.App({ analyticsReporting: false, treeMetadata: false });
const stack = new cdk.Stack(app, 'App');

new cdk.CfnResource(stack, 'Main', {
  "type": "AWS::Organizations::Organization",
  "properties": {
    "FeatureSet": "ALL"
  }
});
new cdk.CfnResource(stack, 'Regions', {
  "type": "AWS::Organizations::Policy",
  "properties": {
    "Name": "regions",
    "Type": "SERVICE_CONTROL_POLICY",
    "Content": {
      "Statement": [
        {
          "Effect": "Deny",
          "Action": "*",
          "Resource": "*",
          "Condition": {
            "StringNotEquals": {
              "aws:RequestedRegion": "eu-west-1"
            }
          }
        }
      ]
    }
  }
});

app.synth();
