const cdk = require('aws-cdk-lib');

const app = new cdk.App({ analyticsReporting: false, treeMetadata: false });
const stack = new cdk.Stack(app, 'App');

new cdk.CfnResource(stack, 'Fleet', {
  "type": "AWS::AppStream::Fleet",
  "properties": {
    "Name": "fleet",
    "InstanceType": "stream.standard.medium"
  }
});
new cdk.CfnResource(stack, 'Builder', {
  "type": "AWS::AppStream::ImageBuilder",
  "properties": {
    "Name": "builder",
    "InstanceType": "stream.standard.medium",
    "DisableIMDSV1": false
  }
});
new cdk.CfnResource(stack, 'Good', {
  "type": "AWS::AppStream::AppBlockBuilder",
  "properties": {
    "Name": "good",
    "InstanceType": "stream.standard.medium",
    "DisableIMDSV1": true
  }
});

app.synth();
