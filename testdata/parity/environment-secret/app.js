const cdk = require('aws-cdk-lib');

const app = new cdk.App({ analyticsReporting: false, treeMetadata: false });
const stack = new cdk.Stack(app, 'App');

new cdk.CfnResource(stack, 'Worker', {
  "type": "AWS::Lambda::Function",
  "properties": {
    "FunctionName": "worker",
    "Environment": {
      "Variables": {
        "DB_PASSWORD": "@PASSWORD@",
        "DB_HOST": "db.internal"
      }
    }
  }
});
new cdk.CfnResource(stack, 'Task', {
  "type": "AWS::ECS::TaskDefinition",
  "properties": {
    "Family": "task",
    "ContainerDefinitions": [
      {
        "Name": "app",
        "Image": "app",
        "Environment": [
          {
            "Name": "API_TOKEN",
            "Value": "@PASSWORD@"
          }
        ]
      }
    ]
  }
});

app.synth();
