const cdk = require('aws-cdk-lib');

const app = new cdk.App({ analyticsReporting: false, treeMetadata: false });
const stack = new cdk.Stack(app, 'App');

new cdk.CfnResource(stack, 'Managed', {
  "type": "AWS::ECS::CapacityProvider",
  "properties": {
    "Name": "managed",
    "ClusterName": "main",
    "ManagedInstancesProvider": {
      "InfrastructureRoleArn": "arn:aws:iam::111122223333:role/infrastructure",
      "InstanceLaunchTemplate": {
        "Ec2InstanceProfileArn": "arn:aws:iam::111122223333:instance-profile/ecsInstanceRole",
        "NetworkConfiguration": {
          "Subnets": [
            "subnet-0abcdef1234567890"
          ]
        }
      }
    }
  }
});

app.synth();
