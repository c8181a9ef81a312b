const cdk = require('aws-cdk-lib');

const app = new cdk.App({ analyticsReporting: false, treeMetadata: false });
const stack = new cdk.Stack(app, 'App');

new cdk.CfnResource(stack, 'Base', {
  "type": "AWS::EC2::LaunchTemplate",
  "properties": {
    "LaunchTemplateData": {
      "MetadataOptions": {
        "HttpTokens": "optional"
      }
    }
  }
});
new cdk.CfnResource(stack, 'Jobs', {
  "type": "AWS::Batch::ComputeEnvironment",
  "properties": {
    "Type": "MANAGED",
    "ComputeResources": {
      "Type": "SPOT",
      "InstanceRole": "arn:aws:iam::111122223333:instance-profile/jobs",
      "InstanceTypes": [
        "m7i"
      ],
      "MaxvCpus": 16,
      "Subnets": [
        "subnet-0abcdef1234567890"
      ],
      "SecurityGroupIds": [
        "sg-0abcdef1234567890"
      ],
      "LaunchTemplate": {
        "LaunchTemplateId": {
          "Ref": "Base"
        },
        "Version": "$Latest"
      }
    }
  }
});

app.synth();
