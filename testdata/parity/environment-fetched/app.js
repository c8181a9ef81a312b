const cdk = require('aws-cdk-lib');

const app = new cdk.App({ analyticsReporting: false, treeMetadata: false });
const stack = new cdk.Stack(app, 'App');

new cdk.CfnParameter(stack, 'Token', {
  "type": "String",
  "noEcho": true
});
new cdk.CfnResource(stack, 'Worker', {
  "type": "AWS::Lambda::Function",
  "properties": {
    "FunctionName": "worker",
    "Environment": {
      "Variables": {
        "DB_PASSWORD": {
          "Ref": "Token"
        },
        "DB_SECRET_ARN": "arn:aws:secretsmanager:eu-west-1:111122223333:secret:db",
        "TOKEN_NAME": "@PASSWORD@",
        "API_TOKEN": "/app/token"
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
        "Secrets": [
          {
            "Name": "API_TOKEN",
            "ValueFrom": "arn:aws:secretsmanager:eu-west-1:111122223333:secret:token"
          }
        ]
      }
    ]
  }
});

app.synth();
