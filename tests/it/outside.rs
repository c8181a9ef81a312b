//! What stands outside of a resource's known properties, in a tree where nothing has a secret's form: places and names
//! alone tell it.

use crate::harness::{Repo, findings};

#[test]
fn properties_of_custom_resources_are_told_by_their_names() {
    let repo = Repo::new();
    repo.write(
        "template.yaml",
        "AWSTemplateFormatVersion: \"2010-09-09\"\nResources:\n  User:\n    Type: Custom::DirectoryUser\n    Properties:\n      \
         ServiceToken: arn:aws:lambda:eu-west-1:123456789012:function:users\n      UserName: admin\n      \
         Password: c0rrect-h0rse-9\n  Other:\n    Type: AWS::CloudFormation::CustomResource\n    Properties:\n      \
         ServiceToken: !ImportValue Users\n      Settings:\n        - ApiToken: t0ken-of-nobody-1\n",
    );
    let (_, report) = repo.json(&["."]);
    assert_eq!(findings(&report), ["SEC01 template.yaml:8", "SEC01 template.yaml:14"], "{report:#}");
}

#[test]
fn credentials_of_cfn_init_are_told_on_a_resource_of_any_type() {
    let repo = Repo::new();
    repo.write(
        "template.yaml",
        "AWSTemplateFormatVersion: \"2010-09-09\"\nResources:\n  Handle:\n    \
         Type: AWS::CloudFormation::WaitConditionHandle\n    Metadata:\n      AWS::CloudFormation::Authentication:\n        \
         basic:\n          type: basic\n          username: deploy\n          password: b4sic-w0rd-77\n",
    );
    let (_, report) = repo.json(&["."]);
    assert_eq!(findings(&report), ["SEC01 template.yaml:10"], "{report:#}");
    assert_eq!(report["findings"][0]["addresses"][0], "Handle", "{report:#}");
}

#[test]
fn outputs_are_told_by_their_names() {
    let repo = Repo::new();
    repo.write(
        "template.yaml",
        "AWSTemplateFormatVersion: \"2010-09-09\"\nResources:\n  Topic:\n    Type: AWS::SNS::Topic\nOutputs:\n  \
         AdminPassword:\n    Value: c0nsole-w0rd-9\n  Hint:\n    Value: stands in the vault\n",
    );
    let (_, report) = repo.json(&["."]);
    assert_eq!(findings(&report), ["SEC04 template.yaml:7"], "{report:#}");
}
