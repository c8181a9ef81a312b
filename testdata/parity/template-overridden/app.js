const cdk = require('aws-cdk-lib');

const app = new cdk.App({ analyticsReporting: false, treeMetadata: false });
const stack = new cdk.Stack(app, 'App');

new cdk.CfnResource(stack, 'Base', {
  "type": "AWS::EC2::LaunchTemplate",
  "properties": {
    "LaunchTemplateData": {
      "IamInstanceProfile": {
        "Name": "web"
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
      "LaunchTemplateId": {
        "Ref": "Base"
      },
      "Version": {
        "Fn::GetAtt": [
          "Base",
          "DefaultVersionNumber"
        ]
      }
    },
    "MetadataOptions": {
      "HttpTokens": "optional"
    }
  }
});

app.synth();
