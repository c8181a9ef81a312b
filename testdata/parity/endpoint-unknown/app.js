const cdk = require('aws-cdk-lib');

const app = new cdk.App({ analyticsReporting: false, treeMetadata: false });
const stack = new cdk.Stack(app, 'App');

new cdk.CfnParameter(stack, 'Endpoint', {
  "type": "String"
});
new cdk.CfnResource(stack, 'Web', {
  "type": "AWS::EC2::Instance",
  "properties": {
    "IamInstanceProfile": "web",
    "MetadataOptions": {
      "HttpEndpoint": {
        "Ref": "Endpoint"
      }
    }
  }
});

app.synth();
