const cdk = require('aws-cdk-lib');

const app = new cdk.App({ analyticsReporting: false, treeMetadata: false });
const stack = new cdk.Stack(app, 'App');

new cdk.CfnResource(stack, 'Secret', {
  "type": "AWS::SecretsManager::Secret",
  "properties": {
    "Name": "db",
    "SecretString": {
      "Fn::Sub": "{\"username\":\"app\",\"password\":\"@PASSWORD@\"}"
    }
  }
});

app.synth();
