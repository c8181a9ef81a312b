const cdk = require('aws-cdk-lib');

const app = new cdk.App({ analyticsReporting: false, treeMetadata: false });
const stack = new cdk.Stack(app, 'App');

new cdk.CfnResource(stack, 'Ide', {
  "type": "AWS::Cloud9::EnvironmentEC2",
  "properties": {
    "Name": "ide",
    "InstanceType": "t3.small",
    "ImageId": "amazonlinux-2023-x86_64"
  }
});
new cdk.CfnResource(stack, 'Games', {
  "type": "AWS::GameLift::Fleet",
  "properties": {
    "Name": "games",
    "EC2InstanceType": "c5.large"
  }
});
new cdk.CfnResource(stack, 'Blog', {
  "type": "AWS::Lightsail::Instance",
  "properties": {
    "InstanceName": "blog",
    "AvailabilityZone": "eu-west-1a",
    "BlueprintId": "amazon_linux_2023",
    "BundleId": "nano_3_0"
  }
});
new cdk.CfnResource(stack, 'Builds', {
  "type": "AWS::CodeBuild::Fleet",
  "properties": {
    "Name": "builds",
    "BaseCapacity": 1,
    "ComputeType": "BUILD_GENERAL1_SMALL",
    "EnvironmentType": "LINUX_CONTAINER"
  }
});

app.synth();
