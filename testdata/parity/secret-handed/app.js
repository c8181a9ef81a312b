const cdk = require('aws-cdk-lib');

const app = new cdk.App({ analyticsReporting: false, treeMetadata: false });
const stack = new cdk.Stack(app, 'App');

new cdk.CfnParameter(stack, 'DbPassword', {
  "type": "String",
  "noEcho": true
});
new cdk.CfnResource(stack, 'Db', {
  "type": "AWS::RDS::DBInstance",
  "properties": {
    "MasterUserPassword": {
      "Ref": "DbPassword"
    }
  }
});

app.synth();
