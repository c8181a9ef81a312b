const cdk = require('aws-cdk-lib');

const app = new cdk.App({ analyticsReporting: false, treeMetadata: false });
const stack = new cdk.Stack(app, 'App');

new cdk.CfnResource(stack, 'Bob', {
  "type": "AWS::IAM::User",
  "properties": {
    "UserName": "bob"
  }
});
new cdk.CfnResource(stack, 'Anyone', {
  "type": "AWS::IAM::Role",
  "properties": {
    "MaxSessionDuration": 43200,
    "AssumeRolePolicyDocument": {
      "Version": "2012-10-17",
      "Statement": [
        {
          "Effect": "Allow",
          "Action": "sts:AssumeRole",
          "Principal": {
            "AWS": "*"
          }
        }
      ]
    }
  }
});
new cdk.CfnResource(stack, 'Jobs', {
  "type": "AWS::IAM::Role",
  "properties": {
    "AssumeRolePolicyDocument": {
      "Version": "2012-10-17",
      "Statement": [
        {
          "Effect": "Allow",
          "Action": "sts:AssumeRoleWithWebIdentity",
          "Principal": {
            "Federated": "arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com"
          },
          "Condition": {
            "StringEquals": {
              "token.actions.githubusercontent.com:aud": "sts.amazonaws.com"
            },
            "StringLike": {
              "token.actions.githubusercontent.com:sub": "repo:acme*"
            }
          }
        }
      ]
    }
  }
});
new cdk.CfnResource(stack, 'People', {
  "type": "AWS::IAM::Role",
  "properties": {
    "AssumeRolePolicyDocument": {
      "Version": "2012-10-17",
      "Statement": [
        {
          "Effect": "Allow",
          "Action": "sts:AssumeRole",
          "Principal": {
            "AWS": "arn:aws:iam::111122223333:user/bob"
          }
        }
      ]
    }
  }
});

app.synth();
