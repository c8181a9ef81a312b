const cdk = require('aws-cdk-lib');

const app = new cdk.App({ analyticsReporting: false, treeMetadata: false });
const stack = new cdk.Stack(app, 'App');

new cdk.CfnResource(stack, 'Certificate', {
  "type": "AWS::IAM::ServerCertificate",
  "properties": {
    "ServerCertificateName": "site",
    "CertificateBody": "-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----",
    "PrivateKey": "@PEM@"
  }
});

app.synth();
