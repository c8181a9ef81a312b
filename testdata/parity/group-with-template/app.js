const cdk = require('aws-cdk-lib');

const app = new cdk.App({ analyticsReporting: false, treeMetadata: false });
const stack = new cdk.Stack(app, 'App');

new cdk.CfnResource(stack, 'Base', {
  "type": "AWS::EC2::LaunchTemplate",
  "properties": {
    "LaunchTemplateData": {
      "ImageId": "ami-0abcdef1234567890"
    }
  }
});
new cdk.CfnResource(stack, 'Workers', {
  "type": "AWS::AutoScaling::AutoScalingGroup",
  "properties": {
    "MaxSize": "2",
    "MinSize": "1",
    "LaunchTemplate": {
      "LaunchTemplateId": {
        "Ref": "Base"
      },
      "Version": {
        "Fn::GetAtt": [
          "Base",
          "LatestVersionNumber"
        ]
      }
    }
  }
});

app.synth();
