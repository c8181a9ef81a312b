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
new cdk.CfnResource(stack, 'Blue', {
  "type": "AWS::AutoScaling::AutoScalingGroup",
  "properties": {
    "MaxSize": "2",
    "MinSize": "1",
    "LaunchTemplate": {
      "LaunchTemplateId": {
        "Ref": "Base"
      },
      "Version": {
        "Fn::GetAtt": "Base.LatestVersionNumber"
      }
    }
  }
});
new cdk.CfnResource(stack, 'Green', {
  "type": "AWS::AutoScaling::AutoScalingGroup",
  "properties": {
    "MaxSize": "2",
    "MinSize": "1",
    "LaunchTemplate": {
      "LaunchTemplateId": {
        "Ref": "Base"
      },
      "Version": {
        "Fn::GetAtt": "Base.DefaultVersionNumber"
      }
    }
  }
});
new cdk.CfnResource(stack, 'Canary', {
  "type": "AWS::EC2::Instance",
  "properties": {
    "LaunchTemplate": {
      "LaunchTemplateId": {
        "Fn::GetAtt": "Base.LaunchTemplateId"
      },
      "Version": "$Default"
    }
  }
});

app.synth();
