const cdk = require('aws-cdk-lib');

const app = new cdk.App({ analyticsReporting: false, treeMetadata: false });
const stack = new cdk.Stack(app, 'App');

new cdk.CfnResource(stack, 'Pool', {
  "type": "AWS::Cognito::IdentityPool",
  "properties": {
    "AllowUnauthenticatedIdentities": true,
    "AllowClassicFlow": false
  }
});
new cdk.CfnResource(stack, 'User', {
  "type": "AWS::IAM::Role",
  "properties": {
    "AssumeRolePolicyDocument": {
      "Statement": [
        {
          "Effect": "Allow",
          "Action": "sts:AssumeRoleWithWebIdentity",
          "Principal": {
            "Federated": "cognito-identity.amazonaws.com"
          }
        }
      ]
    }
  }
});
new cdk.CfnResource(stack, 'Guest', {
  "type": "AWS::IAM::Role",
  "properties": {
    "AssumeRolePolicyDocument": {
      "Statement": [
        {
          "Effect": "Allow",
          "Action": "sts:AssumeRoleWithWebIdentity",
          "Principal": {
            "Federated": "cognito-identity.amazonaws.com"
          }
        }
      ]
    }
  }
});
new cdk.CfnResource(stack, 'Roles', {
  "type": "AWS::Cognito::IdentityPoolRoleAttachment",
  "properties": {
    "IdentityPoolId": {
      "Ref": "Pool"
    },
    "Roles": {
      "authenticated": {
        "Fn::GetAtt": "User.Arn"
      },
      "unauthenticated": {
        "Fn::GetAtt": "Guest.Arn"
      }
    }
  }
});

app.synth();
