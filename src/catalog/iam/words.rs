//! What policies are made of: issuers, claims and keys of conditions, actions that are hard to undo.

/// Issuers whose tokens anybody can get, who signs up there: only a claim tells whose they are, which each says to test.
/// <https://buildkite.com/docs/pipelines/security/oidc/aws>
/// <https://developer.hashicorp.com/terraform/cloud-docs/workspaces/dynamic-provider-credentials/aws-configuration>
/// <https://docs.gitlab.com/ci/cloud_services/aws/>
/// <https://docs.github.com/en/actions/how-tos/secure-your-work/security-harden-deployments/oidc-in-aws>
/// What IAM itself asks of them: <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_oidc_secure-by-default.html>
pub static SHARED_ISSUERS: [&str; 4] =
    ["agent.buildkite.com", "app.terraform.io", "gitlab.com", "token.actions.githubusercontent.com"];

/// Claims of GitHub's tokens of which whoever writes a workflow chooses what they say. Sorted.
pub static CHOSEN_CLAIMS: [&str; 11] = [
    "base_ref",
    "context",
    "environment",
    "event_name",
    "head_ref",
    "job",
    "ref",
    "ref_type",
    "run_number",
    "runner_environment",
    "workflow",
];

/// Claims by which a shared issuer says whose a token is, beside `sub`. One that IAM does not know as a key is never there, so
/// that nobody passes a test of it. Buildkite's come as tags of the session.
pub static OWNER_CLAIMS: [&str; 16] = [
    "enterprise",
    "enterprise_id",
    "job_workflow_ref",
    "namespace_id",
    "namespace_path",
    "organization_id",
    "organization_slug",
    "pipeline_id",
    "project_id",
    "project_path",
    "repository",
    "repository_id",
    "repository_owner",
    "repository_owner_id",
    "terraform_organization_id",
    "terraform_organization_name",
];

/// Claims on whom a token was issued for; what Login with Amazon and Facebook call the application.
pub static AUDIENCE_CLAIMS: [&str; 3] = ["app_id", "aud", "oaud"];

/// Condition keys that only some of a principal's identities satisfy. The second says whether every request has the key, so that
/// an operator with `IfExists` tests it as well.
pub static NARROWING_KEYS: [(&str, bool); 17] = [
    ("aws:federatedprovider", false),
    ("aws:principalaccount", true),
    ("aws:principalarn", true),
    ("aws:principalisawsservice", true),
    ("aws:principalorgid", false),
    ("aws:principalorgpaths", false),
    ("aws:principalservicename", false),
    ("aws:sourceaccount", false),
    ("aws:sourcearn", false),
    ("aws:sourceip", false),
    ("aws:sourceorgid", false),
    ("aws:sourceorgpaths", false),
    ("aws:sourcevpc", false),
    ("aws:sourcevpce", false),
    ("aws:userid", true),
    ("aws:vpcsourceip", false),
    ("sts:externalid", false),
];

/// What is hard to undo, stops being watched, or gives its holder more rights; the first is AWS's own example.
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/securing_access-keys.html>
pub static SENSITIVE_ACTIONS: [&str; 30] = [
    "ec2:TerminateInstances",
    "account:CloseAccount",
    "backup:DeleteRecoveryPoint",
    "cloudtrail:DeleteTrail",
    "cloudtrail:StopLogging",
    "dynamodb:DeleteTable",
    "guardduty:DeleteDetector",
    "iam:AttachGroupPolicy",
    "iam:AttachRolePolicy",
    "iam:AttachUserPolicy",
    "iam:CreatePolicyVersion",
    "iam:CreateUser",
    "iam:DeleteAccountPasswordPolicy",
    "iam:PutGroupPolicy",
    "iam:PutRolePolicy",
    "iam:PutUserPolicy",
    "iam:SetDefaultPolicyVersion",
    "iam:UpdateAssumeRolePolicy",
    "kms:DisableKey",
    "kms:ScheduleKeyDeletion",
    "organizations:CloseAccount",
    "organizations:DeleteOrganization",
    "organizations:DetachPolicy",
    "organizations:LeaveOrganization",
    "organizations:RemoveAccountFromOrganization",
    "rds:DeleteDBCluster",
    "rds:DeleteDBInstance",
    "s3:DeleteBucket",
    "s3:DeleteBucketPolicy",
    "secretsmanager:DeleteSecret",
];

/// AWS's own policies that allow such actions, by what follows `:policy/` in their ARN; the second says whether all.
pub static SENSITIVE_POLICIES: [(&str, bool); 10] = [
    ("AWSOrganizationsFullAccess", false),
    ("AdministratorAccess", true),
    ("AdministratorAccess-AWSElasticBeanstalk", false),
    ("AmazonDynamoDBFullAccess", false),
    ("AmazonEC2FullAccess", false),
    ("AmazonRDSFullAccess", false),
    ("AmazonS3FullAccess", false),
    ("IAMFullAccess", false),
    ("PowerUserAccess", false),
    ("job-function/SystemAdministrator", false),
];

/// Services of which AWS's own sample roles for guests allow everything.
pub static GUEST_SERVICES: [&str; 3] = ["cognito-identity", "cognito-sync", "mobileanalytics"];
