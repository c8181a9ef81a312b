const cdk = require('aws-cdk-lib');

const app = new cdk.App({ analyticsReporting: false, treeMetadata: false });
const stack = new cdk.Stack(app, 'App');

new cdk.CfnParameter(stack, 'DeployKey', {
  "type": "String",
  "noEcho": true
});
new cdk.CfnResource(stack, 'Key', {
  "type": "AWS::IAM::AccessKey",
  "properties": {
    "UserName": "app"
  }
});
new cdk.CfnResource(stack, 'Worker', {
  "type": "AWS::Lambda::Function",
  "properties": {
    "FunctionName": "worker",
    "Environment": {
      "Variables": {
        "KEY": {
          "Fn::GetAtt": "Key.SecretAccessKey"
        }
      }
    }
  }
});
new cdk.CfnResource(stack, 'Static', {
  "type": "AWS::Lambda::Function",
  "properties": {
    "FunctionName": "static",
    "Environment": {
      "Variables": {
        "AWS_SECRET_ACCESS_KEY": {
          "Ref": "DeployKey"
        }
      }
    }
  }
});
new cdk.CfnResource(stack, 'Clear', {
  "type": "AWS::SSM::Parameter",
  "properties": {
    "Name": "/app/key",
    "Type": "String",
    "Value": {
      "Fn::GetAtt": "Key.SecretAccessKey"
    }
  }
});
new cdk.CfnResource(stack, 'Kept', {
  "type": "AWS::SecretsManager::Secret",
  "properties": {
    "SecretString": {
      "Fn::GetAtt": "Key.SecretAccessKey"
    }
  }
});

app.synth();
