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
new cdk.CfnResource(stack, 'Nodes', {
  "type": "AWS::PCS::ComputeNodeGroup",
  "properties": {
    "ClusterId": "pcs_abcdef1234",
    "IamInstanceProfileArn": "arn:aws:iam::111122223333:instance-profile/AWSPCS-nodes",
    "CustomLaunchTemplate": {
      "TemplateId": {
        "Ref": "Base"
      },
      "Version": {
        "Fn::GetAtt": "Base.LatestVersionNumber"
      }
    },
    "SubnetIds": [
      "subnet-0abcdef1234567890"
    ]
  }
});

app.synth();
