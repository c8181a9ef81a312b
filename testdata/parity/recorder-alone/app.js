const cdk = require('aws-cdk-lib');

const app = new cdk.App({ analyticsReporting: false, treeMetadata: false });
const stack = new cdk.Stack(app, 'App');

new cdk.CfnResource(stack, 'Main', {
  "type": "AWS::Config::ConfigurationRecorder",
  "properties": {
    "RoleARN": "arn:aws:iam::111122223333:role/config"
  }
});

app.synth();
