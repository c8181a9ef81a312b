const cdk = require('aws-cdk-lib');

const app = new cdk.App({ analyticsReporting: false, treeMetadata: false });
const stack = new cdk.Stack(app, 'App');

new cdk.CfnResource(stack, 'Spot', {
  "type": "AWS::EC2::SpotFleet",
  "properties": {
    "SpotFleetRequestConfigData": {
      "IamFleetRole": "arn:aws:iam::111122223333:role/fleet",
      "LaunchSpecifications": [
        {
          "ImageId": "ami-0abcdef1234567890",
          "InstanceType": "m7i.large"
        }
      ]
    }
  }
});

app.synth();
