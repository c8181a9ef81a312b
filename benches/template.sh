#!/usr/bin/env bash
# How fast templates are read: one of the given size made by repeating real resources, as JSON (what the CDK writes,
# indented by one) and as YAML. All cores, unless RAYON_NUM_THREADS says fewer. Figures that were measured stand in
# benches/README.md.
#
#   benches/template.sh [MEGABYTES...]     50 by default
#
# Needs Python 3.
set -euo pipefail
cd "$(dirname "$0")/.."
cargo build --release --quiet
folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
KEYLESS="$PWD/target/release/keyless" FOLDER="$folder" python3 - "${@:-50}" << 'PYTHON'
import json, os, pathlib, subprocess, sys, time

KEYLESS, FOLDER = os.environ["KEYLESS"], pathlib.Path(os.environ["FOLDER"])


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


for size in map(int, sys.argv[1:]):
    one = len(json.dumps(resources(0), indent=1))
    for name, text in (
        ("json", json.dumps(document(size * 1_000_000 // one), indent=1)),
        ("yaml", "".join(yaml(document(size * 1_000_000 // (one * 5 // 4))))),
    ):
        file = FOLDER / f"t.{name}"
        file.write_text(text)
        times = []
        for _ in range(4):
            started = time.perf_counter()
            child = subprocess.Popen(
                [KEYLESS, "check", "--format", "concise", str(file)], stdout=subprocess.PIPE
            )
            child.stdout.read()
            _, status, used = os.wait4(child.pid, 0)
            times.append((time.perf_counter() - started, used.ru_utime + used.ru_stime))
        (took, processor), bytes_ = min(times[1:]), len(text.encode())
        print(f"{name}: {bytes_ / 1e6:.0f} MB in {took:.2f} s, {bytes_ / 1e6 / took:.0f} MB/s, "
              f"{processor:.2f} s of the processor, "
              f"{used.ru_maxrss / 1024:.0f} MB of memory, exit code {os.waitstatus_to_exitcode(status)}")
        file.unlink()
PYTHON
