const cdk = require('aws-cdk-lib');

const app = new cdk.App({ analyticsReporting: false, treeMetadata: false });
const stack = new cdk.Stack(app, 'App');

new cdk.CfnResource(stack, 'Jobs', {
  "type": "AWS::Batch::ComputeEnvironment",
  "properties": {
    "Type": "MANAGED",
    "ComputeResources": {
      "Type": "EC2",
      "MaxvCpus": 16
    }
  }
});
new cdk.CfnResource(stack, 'Serverless', {
  "type": "AWS::Batch::ComputeEnvironment",
  "properties": {
    "Type": "MANAGED",
    "ComputeResources": {
      "Type": "FARGATE",
      "MaxvCpus": 16
    }
  }
});

app.synth();
