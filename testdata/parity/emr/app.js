const cdk = require('aws-cdk-lib');

const app = new cdk.App({ analyticsReporting: false, treeMetadata: false });
const stack = new cdk.Stack(app, 'App');

new cdk.CfnResource(stack, 'Plain', {
  "type": "AWS::EMR::Cluster",
  "properties": {
    "Name": "plain",
    "ReleaseLabel": "emr-7.1.0",
    "JobFlowRole": "emr"
  }
});
new cdk.CfnResource(stack, 'Secured', {
  "type": "AWS::EMR::Cluster",
  "properties": {
    "Name": "secured",
    "ReleaseLabel": "emr-7.1.0",
    "SecurityConfiguration": "strict",
    "JobFlowRole": "emr"
  }
});

app.synth();
