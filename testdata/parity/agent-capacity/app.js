const cdk = require('aws-cdk-lib');

const app = new cdk.App({ analyticsReporting: false, treeMetadata: false });
const stack = new cdk.Stack(app, 'App');

new cdk.CfnResource(stack, 'Agents', {
  "type": "AWS::BedrockAgentCore::CapacityProvider",
  "properties": {
    "Name": "agents",
    "ComputeConfiguration": {
      "Ec2Configuration": {
        "LaunchTemplateSource": {
          "LaunchParameters": {
            "OperatingSystem": "LINUX"
          }
        }
      }
    }
  }
});
new cdk.CfnResource(stack, 'Good', {
  "type": "AWS::BedrockAgentCore::CapacityProvider",
  "properties": {
    "Name": "good",
    "ComputeConfiguration": {
      "Ec2Configuration": {
        "LaunchTemplateSource": {
          "LaunchParameters": {
            "OperatingSystem": "LINUX",
            "InstanceProfileArn": "arn:aws:iam::111122223333:instance-profile/agents"
          }
        }
      }
    }
  }
});

app.synth();
