#!/usr/bin/env python3
"""templates.py FOLDER MEGABYTES: writes `t.json` and `t.yaml`, the same template in both languages as far as its size goes, made of
instances, groups, roles and functions; JSON is indented by one, as the CDK writes it."""
import json
import pathlib
import sys



def resources(at):
    return {
        f"Web{at}": {
            "Type": "AWS::EC2::Instance",
            "Condition": "IsProd",
            "Properties": {
                "ImageId": {"Fn::FindInMap": ["Images", {"Ref": "AWS::Region"}, "ami"]},
                "IamInstanceProfile": {"Ref": "Profile"},
                "MetadataOptions": {"HttpTokens": "required"},
                "SecurityGroupIds": [{"Fn::GetAtt": [f"Group{at}", "GroupId"]}],
                "UserData": {"Fn::Base64": {"Fn::Sub": "#!/bin/bash\nyum update -y\n/opt/aws/bin/cfn-init -v --stack ${AWS::StackName} --region ${AWS::Region}\n"}},
                "Tags": [{"Key": "Name", "Value": {"Fn::Sub": "${AWS::StackName}-web-%d" % at}}],
            },
        },
        f"Group{at}": {
            "Type": "AWS::EC2::SecurityGroup",
            "Properties": {
                "GroupDescription": "Instances of the web tier and what may reach them",
                "SecurityGroupIngress": [{"CidrIp": "10.0.0.0/8", "IpProtocol": "tcp", "FromPort": 443, "ToPort": 443}],
            },
        },
        f"Role{at}": {
            "Type": "AWS::IAM::Role",
            "Properties": {
                "AssumeRolePolicyDocument": {
                    "Version": "2012-10-17",
                    "Statement": [{"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"Service": "lambda.amazonaws.com"}}],
                },
                "ManagedPolicyArns": [{"Fn::Join": ["", ["arn:", {"Ref": "AWS::Partition"}, ":iam::aws:policy/service-role/AWSLambdaBasicExecutionRole"]]}],
            },
            "Metadata": {"aws:cdk:path": f"App/Web{at}/ServiceRole/Resource"},
        },
        f"Code{at}": {
            "Type": "AWS::Lambda::Function",
            "Properties": {
                "Code": {"S3Bucket": {"Fn::Sub": "cdk-hnb659fds-assets-${AWS::AccountId}-${AWS::Region}"}, "S3Key": "%064x.zip" % at},
                "Environment": {"Variables": {"TABLE": {"Ref": "Table"}, "STAGE": {"Ref": "Stage"}}},
                "Role": {"Fn::GetAtt": [f"Role{at}", "Arn"]},
                "Runtime": "nodejs22.x",
            },
        },
    }


def document(count):
    found = {
        "AWSTemplateFormatVersion": "2010-09-09",
        "Parameters": {"Stage": {"Type": "String", "AllowedValues": ["dev", "prod"]}},
        "Mappings": {"Images": {"us-east-1": {"ami": "ami-1"}, "eu-west-1": {"ami": "ami-2"}}},
        "Conditions": {"IsProd": {"Fn::Equals": [{"Ref": "Stage"}, "prod"]}},
        "Resources": {"Table": {"Type": "AWS::DynamoDB::Table"}, "Profile": {"Type": "AWS::IAM::InstanceProfile"}},
    }
    for at in range(count):
        found["Resources"].update(resources(at))
    return found


def yaml(value, indent=0):
    pad = " " * indent
    if isinstance(value, dict):
        for key, inner in value.items():
            if isinstance(inner, (dict, list)):
                yield f"{pad}{json.dumps(key) if ':' in key else key}:\n"
                yield from yaml(inner, indent + 2)
            else:
                yield f"{pad}{json.dumps(key) if ':' in key else key}: {json.dumps(inner)}\n"
    else:
        for inner in value:
            if isinstance(inner, (dict, list)):
                yield f"{pad}-\n"
                yield from yaml(inner, indent + 2)
            else:
                yield f"{pad}- {json.dumps(inner)}\n"


folder, size = pathlib.Path(sys.argv[1]), float(sys.argv[2])
one = len(json.dumps(resources(0), indent=1))
(folder / "t.json").write_text(json.dumps(document(int(size * 1_000_000) // one), indent=1))
(folder / "t.yaml").write_text("".join(yaml(document(int(size * 1_000_000) // (one * 5 // 4)))))
