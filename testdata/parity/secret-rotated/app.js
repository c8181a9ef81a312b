const cdk = require('aws-cdk-lib');

const app = new cdk.App({ analyticsReporting: false, treeMetadata: false });
const stack = new cdk.Stack(app, 'App');

new cdk.CfnResource(stack, 'Db', {
  "type": "AWS::SecretsManager::Secret",
  "properties": {
    "Name": "db"
  }
});
new cdk.CfnResource(stack, 'DbRotation', {
  "type": "AWS::SecretsManager::RotationSchedule",
  "properties": {
    "SecretId": {
      "Ref": "Db"
    },
    "RotationLambdaARN": "arn:aws:lambda:eu-west-1:123456789012:function:rotate",
    "RotationRules": {
      "AutomaticallyAfterDays": 30
    }
  }
});

app.synth();
