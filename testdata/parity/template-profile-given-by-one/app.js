const cdk = require('aws-cdk-lib');

const app = new cdk.App({ analyticsReporting: false, treeMetadata: false });
const stack = new cdk.Stack(app, 'App');

new cdk.CfnResource(stack, 'Base', {
  "type": "AWS::EC2::LaunchTemplate",
  "properties": {
    "LaunchTemplateData": {
      "MetadataOptions": {
        "HttpTokens": "required"
      }
    }
  }
});
new cdk.CfnResource(stack, 'One', {
  "type": "AWS::EC2::Instance",
  "properties": {
    "IamInstanceProfile": "one",
    "LaunchTemplate": {
      "LaunchTemplateId": {
        "Ref": "Base"
      },
      "Version": "$Latest"
    }
  }
});
new cdk.CfnResource(stack, 'Two', {
  "type": "AWS::EC2::Instance",
  "properties": {
    "LaunchTemplate": {
      "LaunchTemplateId": {
        "Ref": "Base"
      },
      "Version": "$Latest"
    }
  }
});

app.synth();
