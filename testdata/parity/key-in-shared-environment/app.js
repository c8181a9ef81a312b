const cdk = require('aws-cdk-lib');

const app = new cdk.App({ analyticsReporting: false, treeMetadata: false });
const stack = new cdk.Stack(app, 'App');

new cdk.CfnMapping(stack, 'Shared', {
  "mapping": {
    "Key": {
      "Id": "@AKIA@"
    }
  }
});
new cdk.CfnResource(stack, 'Worker', {
  "type": "AWS::Lambda::Function",
  "properties": {
    "FunctionName": "worker",
    "Environment": {
      "Variables": {
        "STAGE": "prod",
        "AWS_ACCESS_KEY_ID": {
          "Fn::FindInMap": [
            "Shared",
            "Key",
            "Id"
          ]
        }
      }
    }
  }
});
new cdk.CfnResource(stack, 'Mailer', {
  "type": "AWS::Lambda::Function",
  "properties": {
    "FunctionName": "mailer",
    "Environment": {
      "Variables": {
        "AWS_ACCESS_KEY_ID": {
          "Fn::FindInMap": [
            "Shared",
            "Key",
            "Id"
          ]
        }
      }
    }
  }
});

app.synth();
