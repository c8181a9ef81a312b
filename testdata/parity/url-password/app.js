const cdk = require('aws-cdk-lib');

const app = new cdk.App({ analyticsReporting: false, treeMetadata: false });
const stack = new cdk.Stack(app, 'App');

new cdk.CfnResource(stack, 'Worker', {
  "type": "AWS::Lambda::Function",
  "properties": {
    "FunctionName": "worker",
    "Environment": {
      "Variables": {
        "DATABASE_URL": "postgres://app:@PASSWORD@@db.internal/app"
      }
    }
  }
});

app.synth();
