const cdk = require('aws-cdk-lib');

const app = new cdk.App({ analyticsReporting: false, treeMetadata: false });
const stack = new cdk.Stack(app, 'App');

new cdk.CfnResource(stack, 'Work', {
  "type": "AWS::Lambda::Function",
  "properties": {
    "Role": "arn:aws:iam::111122223333:role/work",
    "Runtime": "nodejs22.x",
    "Handler": "index.handler",
    "Code": {
      "S3Bucket": "code",
      "S3Key": "work.zip"
    },
    "Environment": {
      "Variables": {
        "AWS_STS_REGIONAL_ENDPOINTS": "legacy"
      }
    }
  }
});

app.synth();
