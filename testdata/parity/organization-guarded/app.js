const cdk = require('aws-cdk-lib');

const app = new cdk.App({ analyticsReporting: false, treeMetadata: false });
const stack = new cdk.Stack(app, 'App');

new cdk.CfnResource(stack, 'Main', {
  "type": "AWS::Organizations::Organization",
  "properties": {
    "FeatureSet": "ALL"
  }
});
new cdk.CfnResource(stack, 'NoRoot', {
  "type": "AWS::Organizations::Policy",
  "properties": {
    "Name": "no-root",
    "Type": "SERVICE_CONTROL_POLICY",
    "TargetIds": [
      "r-abcd"
    ],
    "Content": {
      "Statement": [
        {
          "Effect": "Deny",
          "Action": "*",
          "Resource": "*",
          "Condition": {
            "StringLike": {
              "aws:PrincipalArn": "arn:aws:iam::*:root"
            }
          }
        }
      ]
    }
  }
});

app.synth();
