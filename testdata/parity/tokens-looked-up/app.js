const cdk = require('aws-cdk-lib');

const app = new cdk.App({ analyticsReporting: false, treeMetadata: false });
const stack = new cdk.Stack(app, 'App');

new cdk.CfnParameter(stack, 'Stage', {
  "type": "String",
  "default": "dev"
});
new cdk.CfnMapping(stack, 'Tokens', {
  "mapping": {
    "dev": {
      "Imds": "optional"
    },
    "prod": {
      "Imds": "required"
    }
  }
});
new cdk.CfnResource(stack, 'Web', {
  "type": "AWS::EC2::Instance",
  "properties": {
    "IamInstanceProfile": "web",
    "MetadataOptions": {
      "HttpTokens": {
        "Fn::FindInMap": [
          "Tokens",
          {
            "Ref": "Stage"
          },
          "Imds"
        ]
      }
    }
  }
});

app.synth();
