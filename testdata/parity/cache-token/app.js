const cdk = require('aws-cdk-lib');

const app = new cdk.App({ analyticsReporting: false, treeMetadata: false });
const stack = new cdk.Stack(app, 'App');

new cdk.CfnResource(stack, 'Cache', {
  "type": "AWS::ElastiCache::ReplicationGroup",
  "properties": {
    "ReplicationGroupDescription": "sessions",
    "AuthToken": "@PASSWORD@"
  }
});

app.synth();
