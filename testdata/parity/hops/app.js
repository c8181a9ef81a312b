const cdk = require('aws-cdk-lib');

const app = new cdk.App({ analyticsReporting: false, treeMetadata: false });
const stack = new cdk.Stack(app, 'App');

new cdk.CfnResource(stack, 'Far', {
  "type": "AWS::EC2::LaunchTemplate",
  "properties": {
    "LaunchTemplateData": {
      "MetadataOptions": {
        "HttpTokens": "required",
        "HttpPutResponseHopLimit": 3
      }
    }
  }
});
new cdk.CfnResource(stack, 'Containers', {
  "type": "AWS::EC2::LaunchTemplate",
  "properties": {
    "LaunchTemplateData": {
      "MetadataOptions": {
        "HttpTokens": "required",
        "HttpPutResponseHopLimit": 2
      }
    }
  }
});

app.synth();
