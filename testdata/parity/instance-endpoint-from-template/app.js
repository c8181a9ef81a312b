const cdk = require('aws-cdk-lib');

const app = new cdk.App({ analyticsReporting: false, treeMetadata: false });
const stack = new cdk.Stack(app, 'App');

new cdk.CfnResource(stack, 'Silent', {
  "type": "AWS::EC2::LaunchTemplate",
  "properties": {
    "LaunchTemplateName": "silent",
    "LaunchTemplateData": {
      "IamInstanceProfile": {
        "Name": "web"
      },
      "MetadataOptions": {
        "HttpEndpoint": "disabled"
      }
    }
  }
});
new cdk.CfnResource(stack, 'Web', {
  "type": "AWS::EC2::Instance",
  "properties": {
    "LaunchTemplate": {
      "LaunchTemplateId": {
        "Ref": "Silent"
      },
      "Version": "$Latest"
    }
  }
});

app.synth();
