const cdk = require('aws-cdk-lib');

const app = new cdk.App({ analyticsReporting: false, treeMetadata: false });
const stack = new cdk.Stack(app, 'App');

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
        "Fn::Sub": "#!/bin/bash\nexport REGION=eu-west-1\nexport DB_PASSWORD=@PASSWORD@\n"
      }
    }
  }
});

app.synth();
