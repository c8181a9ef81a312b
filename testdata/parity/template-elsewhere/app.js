const cdk = require('aws-cdk-lib');

const app = new cdk.App({ analyticsReporting: false, treeMetadata: false });
const stack = new cdk.Stack(app, 'App');

new cdk.CfnResource(stack, 'Web', {
  "type": "AWS::EC2::Instance",
  "properties": {
    "LaunchTemplate": {
      "LaunchTemplateName": "made-elsewhere",
      "Version": "3"
    }
  }
});

app.synth();
