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
        "HttpTokens": "required"
      }
    }
  }
});
new cdk.CfnResource(stack, 'Arm', {
  "type": "AWS::EC2::LaunchTemplate",
  "properties": {
    "LaunchTemplateData": {
      "MetadataOptions": {
        "HttpTokens": "optional"
      }
    }
  }
});
new cdk.CfnResource(stack, 'Workers', {
  "type": "AWS::AutoScaling::AutoScalingGroup",
  "properties": {
    "MixedInstancesPolicy": {
      "LaunchTemplate": {
        "LaunchTemplateSpecification": {
          "LaunchTemplateId": {
            "Ref": "Base"
          },
          "Version": {
            "Fn::GetAtt": [
              "Base",
              "LatestVersionNumber"
            ]
          }
        },
        "Overrides": [
          {
            "InstanceType": "m7i.large"
          },
          {
            "InstanceType": "m7g.large",
            "LaunchTemplateSpecification": {
              "LaunchTemplateId": {
                "Ref": "Arm"
              },
              "Version": {
                "Fn::GetAtt": [
                  "Arm",
                  "LatestVersionNumber"
                ]
              }
            }
          }
        ]
      }
    }
  }
});

app.synth();
