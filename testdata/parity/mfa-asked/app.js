const cdk = require('aws-cdk-lib');

const app = new cdk.App({ analyticsReporting: false, treeMetadata: false });
const stack = new cdk.Stack(app, 'App');

new cdk.CfnResource(stack, 'Operators', {
  "type": "AWS::IAM::Group",
  "properties": {
    "ManagedPolicyArns": [
      {
        "Ref": "Keys"
      }
    ]
  }
});
new cdk.CfnResource(stack, 'Own', {
  "type": "AWS::IAM::GroupPolicy",
  "properties": {
    "PolicyName": "own",
    "GroupName": {
      "Ref": "Operators"
    },
    "PolicyDocument": {
      "Version": "2012-10-17",
      "Statement": [
        {
          "Effect": "Allow",
          "Action": "ec2:*",
          "Resource": "*"
        },
        {
          "Effect": "Deny",
          "NotAction": [
            "iam:EnableMFADevice",
            "sts:GetSessionToken"
          ],
          "Resource": "*",
          "Condition": {
            "BoolIfExists": {
              "aws:MultiFactorAuthPresent": "false"
            }
          }
        }
      ]
    }
  }
});
new cdk.CfnResource(stack, 'Keys', {
  "type": "AWS::IAM::ManagedPolicy",
  "properties": {
    "ManagedPolicyName": "keys",
    "PolicyDocument": {
      "Version": "2012-10-17",
      "Statement": [
        {
          "Effect": "Allow",
          "Action": "kms:ScheduleKeyDeletion",
          "Resource": "*"
        }
      ]
    }
  }
});

app.synth();
