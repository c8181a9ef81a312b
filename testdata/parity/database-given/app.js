const cdk = require('aws-cdk-lib');

const app = new cdk.App({ analyticsReporting: false, treeMetadata: false });
const stack = new cdk.Stack(app, 'App');

new cdk.CfnParameter(stack, 'DbPassword', {
  "type": "String",
  "noEcho": true
});
new cdk.CfnResource(stack, 'Store', {
  "type": "AWS::RDS::DBInstance",
  "properties": {
    "MasterUserPassword": {
      "Ref": "DbPassword"
    }
  }
});
new cdk.CfnResource(stack, 'Resolved', {
  "type": "AWS::RDS::DBInstance",
  "properties": {
    "MasterUserPassword": "{{resolve:secretsmanager:db:SecretString:password}}"
  }
});
new cdk.CfnResource(stack, 'Managed', {
  "type": "AWS::RDS::DBInstance",
  "properties": {
    "ManageMasterUserPassword": true
  }
});

app.synth();
