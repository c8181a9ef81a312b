const cdk = require('aws-cdk-lib');

const app = new cdk.App({ analyticsReporting: false, treeMetadata: false });
const stack = new cdk.Stack(app, 'App');

new cdk.CfnResource(stack, 'Strict', {
  "type": "AWS::EMR::SecurityConfiguration",
  "properties": {
    "Name": "strict",
    "SecurityConfiguration": {
      "InstanceMetadataServiceConfiguration": {
        "MinimumInstanceMetadataServiceVersion": 2,
        "HttpPutResponseHopLimit": 1
      }
    }
  }
});
new cdk.CfnResource(stack, 'Lax', {
  "type": "AWS::EMR::SecurityConfiguration",
  "properties": {
    "Name": "lax",
    "SecurityConfiguration": "{\"InstanceMetadataServiceConfiguration\": {\"MinimumInstanceMetadataServiceVersion\": 1, \"HttpPutResponseHopLimit\": 1}}"
  }
});
new cdk.CfnResource(stack, 'Secured', {
  "type": "AWS::EMR::Cluster",
  "properties": {
    "Name": "secured",
    "ReleaseLabel": "emr-7.1.0",
    "ServiceRole": "emr",
    "SecurityConfiguration": {
      "Ref": "Strict"
    },
    "JobFlowRole": "emr"
  }
});
new cdk.CfnResource(stack, 'Open', {
  "type": "AWS::EMR::Cluster",
  "properties": {
    "Name": "open",
    "ReleaseLabel": "emr-7.1.0",
    "ServiceRole": "emr",
    "SecurityConfiguration": "lax",
    "JobFlowRole": "emr"
  }
});

app.synth();
