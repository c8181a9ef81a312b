const cdk = require('aws-cdk-lib');

const app = new cdk.App({ analyticsReporting: false, treeMetadata: false });
const stack = new cdk.Stack(app, 'App');

new cdk.CfnResource(stack, 'Key', {
  "type": "AWS::IAM::AccessKey",
  "properties": {
    "UserName": "app"
  }
});
new cdk.CfnResource(stack, 'Id', {
  "type": "AWS::SSM::Parameter",
  "properties": {
    "Name": "/app/id",
    "Type": "String",
    "Value": {
      "Ref": "Key"
    }
  }
});
new cdk.CfnResource(stack, 'Worker', {
  "type": "AWS::Lambda::Function",
  "properties": {
    "FunctionName": "worker",
    "Environment": {
      "Variables": {
        "AWS_ACCESS_KEY_ID": "",
        "TABLE": "table"
      }
    }
  }
});
new cdk.CfnOutput(stack, 'KeyId', { value: cdk.Token.asString({
  "Ref": "Key"
}) });

app.synth();
