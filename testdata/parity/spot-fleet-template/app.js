const cdk = require('aws-cdk-lib');

const app = new cdk.App({ analyticsReporting: false, treeMetadata: false });
const stack = new cdk.Stack(app, 'App');

new cdk.CfnResource(stack, 'Base', {
  "type": "AWS::EC2::LaunchTemplate",
  "properties": {
    "LaunchTemplateData": {
      "IamInstanceProfile": {
        "Name": "web"
      },
      "MetadataOptions": {
        "HttpTokens": "optional"
      }
    }
  }
});
new cdk.CfnResource(stack, 'Spot', {
  "type": "AWS::EC2::SpotFleet",
  "properties": {
    "SpotFleetRequestConfigData": {
      "IamFleetRole": "arn:aws:iam::111122223333:role/fleet",
      "TargetCapacity": 2,
      "LaunchTemplateConfigs": [
        {
          "LaunchTemplateSpecification": {
            "LaunchTemplateId": {
              "Ref": "Base"
            },
            "Version": {
              "Fn::GetAtt": "Base.LatestVersionNumber"
            }
          }
        }
      ]
    }
  }
});

app.synth();
