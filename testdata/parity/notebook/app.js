const cdk = require('aws-cdk-lib');

const app = new cdk.App({ analyticsReporting: false, treeMetadata: false });
const stack = new cdk.Stack(app, 'App');

new cdk.CfnResource(stack, 'Book', {
  "type": "AWS::SageMaker::NotebookInstance",
  "properties": {
    "RoleArn": "arn:aws:iam::111122223333:role/book"
  }
});
new cdk.CfnResource(stack, 'Old', {
  "type": "AWS::SageMaker::NotebookInstance",
  "properties": {
    "RoleArn": "arn:aws:iam::111122223333:role/book",
    "InstanceMetadataServiceConfiguration": {
      "MinimumInstanceMetadataServiceVersion": "1"
    }
  }
});
new cdk.CfnResource(stack, 'New', {
  "type": "AWS::SageMaker::NotebookInstance",
  "properties": {
    "RoleArn": "arn:aws:iam::111122223333:role/book",
    "InstanceMetadataServiceConfiguration": {
      "MinimumInstanceMetadataServiceVersion": 2
    }
  }
});

app.synth();
