const cdk = require('aws-cdk-lib');

const app = new cdk.App({ analyticsReporting: false, treeMetadata: false });
const stack = new cdk.Stack(app, 'App');

new cdk.CfnResource(stack, 'Detector', {
  "type": "AWS::GuardDuty::Detector",
  "properties": {
    "Enable": false
  }
});
new cdk.CfnResource(stack, 'Rule', {
  "type": "AWS::Events::Rule",
  "properties": {
    "State": "DISABLED",
    "EventPattern": {
      "detail": {
        "userIdentity": {
          "type": [
            "Root"
          ]
        }
      }
    }
  }
});

app.synth();
