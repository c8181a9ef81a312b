const cdk = require('aws-cdk-lib');

const app = new cdk.App({ analyticsReporting: false, treeMetadata: false });
const stack = new cdk.Stack(app, 'App');

new cdk.CfnResource(stack, 'Old', {
  "type": "AWS::CloudFront::Distribution",
  "properties": {
    "DistributionConfig": {
      "Enabled": true,
      "DefaultCacheBehavior": {
        "TargetOriginId": "files",
        "ViewerProtocolPolicy": "https-only",
        "TrustedSigners": [
          "self"
        ]
      },
      "Origins": [
        {
          "Id": "files",
          "DomainName": "files.example.com"
        }
      ]
    }
  }
});
new cdk.CfnResource(stack, 'Groups', {
  "type": "AWS::CloudFront::Distribution",
  "properties": {
    "DistributionConfig": {
      "Enabled": true,
      "DefaultCacheBehavior": {
        "TargetOriginId": "files",
        "ViewerProtocolPolicy": "https-only",
        "TrustedKeyGroups": [
          "group"
        ]
      },
      "Origins": [
        {
          "Id": "files",
          "DomainName": "files.example.com"
        }
      ]
    }
  }
});

app.synth();
