const cdk = require('aws-cdk-lib');

const app = new cdk.App({ analyticsReporting: false, treeMetadata: false });
const stack = new cdk.Stack(app, 'App');

new cdk.CfnParameter(stack, 'DbPassword', {
  "type": "String",
  "default": "@PASSWORD@"
});
new cdk.CfnResource(stack, 'Bucket', {
  "type": "AWS::S3::Bucket"
});

app.synth();
