const cdk = require('aws-cdk-lib');

const app = new cdk.App({ analyticsReporting: false, treeMetadata: false });
const stack = new cdk.Stack(app, 'App');

new cdk.CfnParameter(stack, 'Password', {
  "type": "String",
  "noEcho": true
});
new cdk.CfnResource(stack, 'Worker', {
  "type": "AWS::Lambda::Function",
  "properties": {
    "FunctionName": "worker",
    "Environment": {
      "Variables": {
        "DATABASE_URL": {
          "Fn::Sub": "postgres://app:${Password}@db.internal/app"
        }
      }
    }
  }
});

app.synth();
