const cdk = require('aws-cdk-lib');

const app = new cdk.App({ analyticsReporting: false, treeMetadata: false });
const stack = new cdk.Stack(app, 'App');

new cdk.CfnResource(stack, 'Nodes', {
  "type": "AWS::EKS::Nodegroup",
  "properties": {
    "ClusterName": "main",
    "NodeRole": "arn:aws:iam::111122223333:role/nodes"
  }
});
new cdk.CfnResource(stack, 'Own', {
  "type": "AWS::EC2::LaunchTemplate",
  "properties": {
    "LaunchTemplateData": {
      "MetadataOptions": {
        "HttpTokens": "optional"
      }
    }
  }
});
new cdk.CfnResource(stack, 'Others', {
  "type": "AWS::EKS::Nodegroup",
  "properties": {
    "ClusterName": "main",
    "NodeRole": "arn:aws:iam::111122223333:role/nodes",
    "LaunchTemplate": {
      "Id": {
        "Ref": "Own"
      },
      "Version": {
        "Fn::GetAtt": [
          "Own",
          "LatestVersionNumber"
        ]
      }
    }
  }
});

app.synth();
