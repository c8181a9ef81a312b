const cdk = require('aws-cdk-lib');

const app = new cdk.App({ analyticsReporting: false, treeMetadata: false });
const stack = new cdk.Stack(app, 'App');

new cdk.CfnResource(stack, 'Base', {
  "type": "AWS::AutoScaling::LaunchConfiguration",
  "properties": {
    "ImageId": "ami-0abcdef1234567890",
    "MetadataOptions": {
      "HttpTokens": "optional"
    }
  }
});
new cdk.CfnResource(stack, 'Workers', {
  "type": "AWS::AutoScaling::AutoScalingGroup",
  "properties": {
    "LaunchConfigurationName": {
      "Ref": "Base"
    }
  }
});

app.synth();
