const cdk = require('aws-cdk-lib');

const app = new cdk.App({ analyticsReporting: false, treeMetadata: false });
const stack = new cdk.Stack(app, 'App');

new cdk.CfnResource(stack, 'WebProfile', {
  "type": "AWS::IAM::InstanceProfile",
  "properties": {
    "Roles": [
      "web"
    ]
  }
});
new cdk.CfnResource(stack, 'Web', {
  "type": "AWS::EC2::Instance",
  "properties": {
    "IamInstanceProfile": {
      "Ref": "WebProfile"
    },
    "MetadataOptions": {
      "HttpTokens": "required"
    }
  }
});

app.synth();
