const cdk = require('aws-cdk-lib');

const app = new cdk.App({ analyticsReporting: false, treeMetadata: false });
const stack = new cdk.Stack(app, 'App');

new cdk.CfnResource(stack, 'Main', {
  "type": "AWS::Config::ConfigurationRecorder",
  "properties": {
    "RoleARN": "arn:aws:iam::111122223333:role/config"
  }
});
new cdk.CfnResource(stack, 'Keys', {
  "type": "AWS::Config::ConfigRule",
  "properties": {
    "Source": {
      "Owner": "AWS",
      "SourceIdentifier": "IAM_ROOT_ACCESS_KEY_CHECK"
    }
  }
});
new cdk.CfnResource(stack, 'Mfa', {
  "type": "AWS::Config::ConfigRule",
  "properties": {
    "Source": {
      "Owner": "AWS",
      "SourceIdentifier": "ROOT_ACCOUNT_MFA_ENABLED"
    }
  }
});
new cdk.CfnResource(stack, 'Age', {
  "type": "AWS::Config::ConfigRule",
  "properties": {
    "Source": {
      "Owner": "AWS",
      "SourceIdentifier": "ACCESS_KEYS_ROTATED"
    }
  }
});

app.synth();
