const cdk = require('aws-cdk-lib');

const app = new cdk.App({ analyticsReporting: false, treeMetadata: false });
const stack = new cdk.Stack(app, 'App');

new cdk.CfnParameter(stack, 'DbPassword', {
  "type": "String",
  "default": "@PASSWORD@",
  "noEcho": true
});
new cdk.CfnResource(stack, 'Store', {
  "type": "AWS::RDS::DBCluster",
  "properties": {
    "Engine": "aurora-postgresql",
    "MasterUsername": "app",
    "MasterUserPassword": {
      "Ref": "DbPassword"
    }
  }
});

app.synth();
