const cdk = require('aws-cdk-lib');

const app = new cdk.App({ analyticsReporting: false, treeMetadata: false });
const stack = new cdk.Stack(app, 'App');

new cdk.CfnParameter(stack, 'Region', {
  "type": "String"
});
new cdk.CfnResource(stack, 'Web', {
  "type": "AWS::EC2::Instance",
  "properties": {
    "ImageId": "ami-1",
    "InstanceType": "t3.micro",
    "IamInstanceProfile": "web",
    "MetadataOptions": {
      "HttpTokens": "required"
    },
    "UserData": {
      "Fn::Base64": {
        "Fn::Sub": "#!/bin/bash\nexport REGION=${Region}\nexport DB_PASSWORD=\"$(aws secretsmanager get-secret-value --secret-id prod-db-9)\"\n"
      }
    }
  }
});

app.synth();
