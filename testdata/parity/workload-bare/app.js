const cdk = require('aws-cdk-lib');

const app = new cdk.App({ analyticsReporting: false, treeMetadata: false });
const stack = new cdk.Stack(app, 'App');

new cdk.CfnResource(stack, 'Task', {
  "type": "AWS::ECS::TaskDefinition",
  "properties": {
    "Family": "task",
    "ContainerDefinitions": [
      {
        "Name": "a",
        "Image": "a:1"
      }
    ]
  }
});
new cdk.CfnResource(stack, 'Job', {
  "type": "AWS::Batch::JobDefinition",
  "properties": {
    "Type": "container",
    "ContainerProperties": {
      "Image": "a:1"
    }
  }
});

app.synth();
