const cdk = require('aws-cdk-lib');

const app = new cdk.App({ analyticsReporting: false, treeMetadata: false });
const stack = new cdk.Stack(app, 'App');

new cdk.CfnResource(stack, 'Nothing', {
  "type": "AWS::IAM::InstanceProfile",
  "properties": {
    "Roles": []
  }
});
new cdk.CfnResource(stack, 'Web', {
  "type": "AWS::IAM::InstanceProfile",
  "properties": {
    "Roles": [
      "web"
    ]
  }
});

app.synth();
