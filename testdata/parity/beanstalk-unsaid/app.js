const cdk = require('aws-cdk-lib');

const app = new cdk.App({ analyticsReporting: false, treeMetadata: false });
const stack = new cdk.Stack(app, 'App');

new cdk.CfnResource(stack, 'Site', {
  "type": "AWS::ElasticBeanstalk::Environment",
  "properties": {
    "ApplicationName": "site"
  }
});
new cdk.CfnResource(stack, 'Good', {
  "type": "AWS::ElasticBeanstalk::Environment",
  "properties": {
    "ApplicationName": "site",
    "OptionSettings": [
      {
        "Namespace": "aws:autoscaling:launchconfiguration",
        "OptionName": "IamInstanceProfile",
        "Value": "web"
      },
      {
        "Namespace": "aws:autoscaling:launchconfiguration",
        "OptionName": "DisableIMDSv1",
        "Value": "true"
      }
    ]
  }
});

app.synth();
