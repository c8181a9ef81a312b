const cdk = require('aws-cdk-lib');

const app = new cdk.App({ analyticsReporting: false, treeMetadata: false });
const stack = new cdk.Stack(app, 'App');

new cdk.CfnResource(stack, 'Desk', {
  "type": "AWS::WorkspacesInstances::WorkspaceInstance",
  "properties": {
    "ManagedInstance": {
      "ImageId": "ami-0abcdef1234567890"
    }
  }
});
new cdk.CfnResource(stack, 'Open', {
  "type": "AWS::WorkspacesInstances::WorkspaceInstance",
  "properties": {
    "ManagedInstance": {
      "ImageId": "ami-0abcdef1234567890",
      "IamInstanceProfile": {
        "Name": "desk"
      },
      "MetadataOptions": {
        "HttpTokens": "optional"
      }
    }
  }
});
new cdk.CfnResource(stack, 'Good', {
  "type": "AWS::WorkspacesInstances::WorkspaceInstance",
  "properties": {
    "ManagedInstance": {
      "ImageId": "ami-0abcdef1234567890",
      "IamInstanceProfile": {
        "Name": "desk"
      },
      "MetadataOptions": {
        "HttpTokens": "required"
      }
    }
  }
});

app.synth();
