const cdk = require('aws-cdk-lib');

const app = new cdk.App({ analyticsReporting: false, treeMetadata: false });
const stack = new cdk.Stack(app, 'App');

new cdk.CfnResource(stack, 'Master', {
  "type": "AWS::IAM::AccessKey",
  "properties": {
    "UserName": "root"
  }
});

app.synth();
