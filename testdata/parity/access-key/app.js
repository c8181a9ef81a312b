const cdk = require('aws-cdk-lib');

const app = new cdk.App({ analyticsReporting: false, treeMetadata: false });
const stack = new cdk.Stack(app, 'App');

new cdk.CfnResource(stack, 'Bot', {
  "type": "AWS::IAM::User",
  "properties": {
    "UserName": "bot"
  }
});
new cdk.CfnResource(stack, 'Deploy', {
  "type": "AWS::IAM::AccessKey",
  "properties": {
    "UserName": "deployer"
  }
});
new cdk.CfnResource(stack, 'Referred', {
  "type": "AWS::IAM::AccessKey",
  "properties": {
    "UserName": {
      "Ref": "Bot"
    },
    "Status": "Inactive"
  }
});

app.synth();
