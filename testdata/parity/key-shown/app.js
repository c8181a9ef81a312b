const cdk = require('aws-cdk-lib');

const app = new cdk.App({ analyticsReporting: false, treeMetadata: false });
const stack = new cdk.Stack(app, 'App');

new cdk.CfnResource(stack, 'Key', {
  "type": "AWS::IAM::AccessKey",
  "properties": {
    "UserName": "app"
  }
});
new cdk.CfnOutput(stack, 'Secret', { value: cdk.Token.asString({
  "Fn::Sub": "secret=${Key.SecretAccessKey}"
}) });

app.synth();
