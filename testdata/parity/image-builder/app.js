const cdk = require('aws-cdk-lib');

const app = new cdk.App({ analyticsReporting: false, treeMetadata: false });
const stack = new cdk.Stack(app, 'App');

new cdk.CfnResource(stack, 'Build', {
  "type": "AWS::ImageBuilder::InfrastructureConfiguration",
  "properties": {
    "Name": "build",
    "InstanceProfileName": "build"
  }
});
new cdk.CfnResource(stack, 'Open', {
  "type": "AWS::ImageBuilder::InfrastructureConfiguration",
  "properties": {
    "Name": "open",
    "InstanceProfileName": "build",
    "InstanceMetadataOptions": {
      "HttpTokens": "optional"
    }
  }
});

app.synth();
