const cdk = require('aws-cdk-lib');

const app = new cdk.App({ analyticsReporting: false, treeMetadata: false });
const stack = new cdk.Stack(app, 'App');

new cdk.CfnParameter(stack, 'Password', {
  "type": "String",
  "noEcho": true
});
new cdk.CfnResource(stack, 'Bob', {
  "type": "AWS::IAM::User",
  "properties": {
    "UserName": "bob",
    "LoginProfile": {
      "Password": {
        "Ref": "Password"
      }
    }
  }
});
new cdk.CfnResource(stack, 'Ops', {
  "type": "AWS::EC2::KeyPair",
  "properties": {
    "KeyName": "ops"
  }
});
new cdk.CfnResource(stack, 'Web', {
  "type": "AWS::EC2::Instance",
  "properties": {
    "ImageId": "ami-12345678",
    "KeyName": {
      "Ref": "Ops"
    }
  }
});
new cdk.CfnResource(stack, 'Session', {
  "type": "AWS::EC2::Instance",
  "properties": {
    "ImageId": "ami-12345678"
  }
});
new cdk.CfnResource(stack, 'Public', {
  "type": "AWS::AppSync::ApiKey",
  "properties": {
    "ApiId": "api"
  }
});

app.synth();
