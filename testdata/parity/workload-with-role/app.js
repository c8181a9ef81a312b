const cdk = require('aws-cdk-lib');

const app = new cdk.App({ analyticsReporting: false, treeMetadata: false });
const stack = new cdk.Stack(app, 'App');

new cdk.CfnResource(stack, 'Work', {
  "type": "AWS::IAM::Role",
  "properties": {
    "AssumeRolePolicyDocument": {
      "Statement": [
        {
          "Effect": "Allow",
          "Action": "sts:AssumeRole",
          "Principal": {
            "Service": "ecs-tasks.amazonaws.com"
          }
        }
      ]
    }
  }
});
new cdk.CfnResource(stack, 'Task', {
  "type": "AWS::ECS::TaskDefinition",
  "properties": {
    "Family": "task",
    "TaskRoleArn": {
      "Fn::GetAtt": "Work.Arn"
    },
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
      "Image": "a:1",
      "JobRoleArn": "arn:aws:iam::111122223333:role/work"
    }
  }
});

app.synth();
