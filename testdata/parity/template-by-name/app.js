const cdk = require('aws-cdk-lib');

const app = new cdk.App({ analyticsReporting: false, treeMetadata: false });
const stack = new cdk.Stack(app, 'App');

new cdk.CfnResource(stack, 'Base', {
  "type": "AWS::EC2::LaunchTemplate",
  "properties": {
    "LaunchTemplateName": "base",
    "LaunchTemplateData": {
      "IamInstanceProfile": {
        "Arn": "arn:aws:iam::111122223333:instance-profile/web"
      },
      "MetadataOptions": {
        "HttpTokens": "required"
      }
    }
  }
});
new cdk.CfnResource(stack, 'Web', {
  "type": "AWS::EC2::Instance",
  "properties": {
    "LaunchTemplate": {
      "LaunchTemplateName": "base",
      "Version": "$Latest"
    }
  }
});

app.synth();
