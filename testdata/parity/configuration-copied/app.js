const cdk = require('aws-cdk-lib');

const app = new cdk.App({ analyticsReporting: false, treeMetadata: false });
const stack = new cdk.Stack(app, 'App');

new cdk.CfnResource(stack, 'Copied', {
  "type": "AWS::AutoScaling::LaunchConfiguration",
  "properties": {
    "InstanceId": "i-0abcdef1234567890"
  }
});

app.synth();
