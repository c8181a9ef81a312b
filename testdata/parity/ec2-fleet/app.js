const cdk = require('aws-cdk-lib');

const app = new cdk.App({ analyticsReporting: false, treeMetadata: false });
const stack = new cdk.Stack(app, 'App');

new cdk.CfnResource(stack, 'Base', {
  "type": "AWS::EC2::LaunchTemplate",
  "properties": {
    "LaunchTemplateData": {
      "IamInstanceProfile": {
        "Name": "web"
      }
    }
  }
});
new cdk.CfnResource(stack, 'Fleet', {
  "type": "AWS::EC2::EC2Fleet",
  "properties": {
    "LaunchTemplateConfigs": [
      {
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
        }
      }
    ]
  }
});

app.synth();
