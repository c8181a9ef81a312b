const cdk = require('aws-cdk-lib');

const app = new cdk.App({ analyticsReporting: false, treeMetadata: false });
const stack = new cdk.Stack(app, 'App');

new cdk.CfnResource(stack, 'Base', {
  "type": "AWS::EC2::LaunchTemplate",
  "properties": {
    "LaunchTemplateData": {}
  }
});
new cdk.CfnResource(stack, 'Fleet', {
  "type": "AWS::EC2::EC2Fleet",
  "properties": {
    "TargetCapacitySpecification": {
      "TotalTargetCapacity": 2
    },
    "LaunchTemplateConfigs": [
      {
        "LaunchTemplateSpecification": {
          "LaunchTemplateId": {
            "Ref": "Base"
          },
          "Version": {
            "Fn::GetAtt": "Base.LatestVersionNumber"
          }
        },
        "Overrides": [
          {
            "InstanceType": "m7i.large",
            "IamInstanceProfile": {
              "Name": "web"
            },
            "MetadataOptions": {
              "HttpTokens": "optional"
            }
          },
          {
            "InstanceType": "m7g.large",
            "IamInstanceProfile": {
              "Name": "web"
            },
            "MetadataOptions": {
              "HttpTokens": "required"
            }
          },
          {
            "InstanceType": "m6i.large",
            "IamInstanceProfile": {
              "Name": "web"
            }
          }
        ]
      }
    ]
  }
});

app.synth();
